using RealtimeSessions.Server.Delivery.Presence;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

public sealed class PaceTests
{
    private readonly VirtualTime _time = new();
    private readonly Lock _lock = new();
    private readonly List<DateTimeOffset> _told = [];

    [Fact]
    public void Request_AfterARest_TellsAtOnce()
    {
        using var pace = Pace(bytes: 1_000, atLeast: 50);

        pace.Request();
        Pass(50);
        pace.Request();

        Assert.Equal([0, 50], Told());
        Assert.Equal(0, _time.WaitingTimers);
    }

    [Fact]
    public void Request_TooEarly_TellsOnceWhenItMay()
    {
        using var pace = Pace(bytes: 1_000, atLeast: 50);
        pace.Request();
        Pass(10);
        pace.Request();
        Assert.True(pace.IsWaiting);
        Pass(39);
        pace.Request();
        Assert.Equal([0], Told());
        Pass(1);
        Assert.Equal([0, 50], Told());
        Assert.False(pace.IsWaiting);
        Pass(1_000);
        Assert.Equal([0, 50], Told());
    }

    [Fact]
    public void Request_AfterMuch_WaitsForWhatItWeighed()
    {
        // A thousand members, 8 KiB each: a quarter of a second at 32 MiB a second.
        using var pace = Pace(bytes: 8 * 1024 * 1024, atLeast: 50);
        for (var i = 0; i < 999; i++)
        {
            pace.Request();
            Pass(1);
        }

        Assert.Equal([0, 250, 500, 750], Told());
    }

    [Fact]
    public void Rest_Again_AddsUp()
    {
        using var pace = Pace(bytes: 0, atLeast: 0);
        pace.Rest(8 * 1024 * 1024, TimeSpan.Zero);
        pace.Rest(8 * 1024 * 1024, TimeSpan.FromMilliseconds(50));

        pace.Request();
        Pass(1_000);

        Assert.Equal([500], Told());
    }

    [Fact]
    public void Dispose_WhileSomethingWaits_TellsItNoMore()
    {
        var pace = Pace(bytes: 0, atLeast: 50);
        pace.Request();
        pace.Request();

        pace.Dispose();
        pace.Request();
        Pass(1_000);

        Assert.Equal([0], Told());
        Assert.Equal(0, _time.WaitingTimers);
    }

    private Pace Pace(long bytes, int atLeast)
    {
        Pace pace = null!;
        return pace = new Pace(_lock, _time, () =>
        {
            _told.Add(_time.GetUtcNow());
            pace.Rest(bytes, TimeSpan.FromMilliseconds(atLeast));
        });
    }

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private IEnumerable<int> Told() => _told.Select(at => (int)(at - new VirtualTime().GetUtcNow()).TotalMilliseconds);
}
