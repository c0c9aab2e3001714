using System.Text;
using RealtimeSessions.EventLog.Redis;
using static RealtimeSessions.EventLog.Tests.Redis.RedisTest;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>The bytes that go to Redis.</summary>
public sealed class RedisFormatTests
{
    [Fact]
    public void EventFrame_WrittenAndRead_IsTheSame()
    {
        var createdAt = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));
        var e = new NewEvent(Guid.CreateVersion7(), createdAt, "{\"a\":[]}"u8.ToArray());

        var read = EventFrame.Read(7, EventFrame.Write(e));

        Assert.Equal((7, e.EventId, e.CreatedAt.ToUniversalTime()), (read.Sequence, read.EventId, read.CreatedAt));
        Assert.Equal(TimeSpan.Zero, read.CreatedAt.Offset);
        Assert.Equal(e.Payload.ToArray(), read.Payload.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ff")]
    [InlineData("036162630000")]
    [InlineData("0161" + "00000000000000000000000000000000" + "0000000000000001" + "0000000000000002" + "0000000161")]
    public void LogAnnouncement_OfAnotherForm_OnlyWakes(string hex)
    {
        var notification = LogAnnouncement.Read(Log, Convert.FromHexString(hex));

        Assert.Equal(Log, notification.Log);
        Assert.Empty(notification.Events);
    }

    [Fact]
    public void CatalogIndex_Places_SortAsValueThenIdAndAreReadBack()
    {
        long[] values = [-(1L << 53), -1, 0, 1, 255, 256, 1L << 53];
        string[] ids = ["A", "B", "a", "aa", "b", "ä", "語"];
        var cursors = values.SelectMany(value => ids.Select(id => new CatalogCursor(value, id))).ToArray();

        var places = cursors.Select(CatalogIndex.Place).ToArray();

        Assert.Equal(places.Select(Convert.ToHexString), places.Select(Convert.ToHexString).Order(StringComparer.Ordinal));
        Assert.Equal(cursors, places.Select(place => CatalogIndex.Cursor(place)));
    }

    [Fact]
    public void CatalogIndex_Members_OneForEachOrderAloneAndWithEachTerm()
    {
        var document = new CatalogDocument("id", Encoding.UTF8.GetBytes("{}"))
        {
            Terms = ["open", new string('x', 2_000)],
            Orders = new Dictionary<string, long> { ["createdAt"] = 1, ["updatedAt"] = 2 },
        };

        var members = CatalogIndex.Members(document).Select(member => Convert.ToHexString((byte[])member!)).ToArray();

        Assert.Equal(6, members.Distinct().Count());
        Assert.All(members, member => Assert.Equal(2 * (16 + 8 + 2), member.Length));
    }
}
