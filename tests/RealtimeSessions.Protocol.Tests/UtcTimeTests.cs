using System.Globalization;
using System.Text;

namespace RealtimeSessions.Protocol.Tests;

public class UtcTimeTests
{
    public static TheoryData<DateTimeOffset> Times =>
    [
        DateTimeOffset.MinValue,
        DateTimeOffset.MaxValue,
        DateTimeOffset.UnixEpoch,
        new(2026, 11, 21, 20, 33, 46, 100, TimeSpan.Zero),
        new(2026, 11, 21, 20, 33, 46, 120, TimeSpan.Zero),
        new(2026, 11, 21, 20, 33, 46, 123, TimeSpan.Zero),
        new(2026, 11, 21, 20, 33, 46, 3, TimeSpan.Zero),
        new(2026, 11, 21, 20, 33, 46, 30, TimeSpan.FromHours(5.5)),
        new(2024, 2, 29, 10, 0, 0, TimeSpan.FromHours(-11)),
    ];

    [Theory]
    [MemberData(nameof(Times))]
    public void Write_AnyTime_IsWrittenAsTheFormatSays(DateTimeOffset time)
    {
        var text = new byte[UtcTime.MaximumLength];

        var length = UtcTime.Write(time, text);

        Assert.Equal(
            time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text, 0, length));
    }
}
