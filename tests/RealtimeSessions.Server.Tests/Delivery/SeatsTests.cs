using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

public sealed class SeatsTests
{
    private readonly Seats<string> _seats = new();

    [Fact]
    public void TryReserve_WhileOthersAreReserved_CountsThem()
    {
        using var first = _seats.TryReserve("a", 2);
        using (_seats.TryReserve("b", 2))
        {
            Assert.Null(_seats.TryReserve("c", 2));
            Assert.NotNull(_seats.TryReserve("a", 2));
        }

        Assert.NotNull(_seats.TryReserve("c", 2));
    }

    [Fact]
    public void Replace_WithASecondMember_GivesTheFirst()
    {
        var (first, second) = (Member(), Member());
        using (var seat = _seats.TryReserve("a", 1)!)
        {
            Assert.Null(seat.Replace(first));
            Assert.Same(first, seat.Replace(second));
        }

        _seats.Free("a", first);
        Assert.Same(second, _seats.Find("a"));
        _seats.Free("a", second);
        Assert.NotNull(_seats.TryReserve("b", 1));
    }

    [Fact]
    public void Take_AMembership_FreesItsSeat()
    {
        var member = Member();
        using (var seat = _seats.TryReserve("a", 1)!)
        {
            seat.Replace(member);
        }

        Assert.Null(_seats.Take("b"));
        Assert.Same(member, _seats.Take("a"));
        Assert.NotNull(_seats.TryReserve("b", 1));
    }

    [Fact]
    public void Replace_OnceItWasLeftOnTheWayIn_GivesTheNewOneBack()
    {
        var (late, next) = (Member(), Member());
        using var first = _seats.TryReserve("a", 1)!;
        Assert.Null(_seats.Take("a"));
        using var second = _seats.TryReserve("a", 1)!;

        Assert.Same(late, first.Replace(late));
        Assert.Null(second.Replace(next));
        Assert.Same(next, _seats.Find("a"));
    }

    [Fact]
    public void Replace_OnceTheConnectionHasEnded_GivesTheNewOneBack()
    {
        var (first, late) = (Member(), Member());
        using var seat = _seats.TryReserve("a", 1)!;
        seat.Replace(first);

        Assert.Equal([first], _seats.TakeAll());

        Assert.Same(late, seat.Replace(late));
        Assert.Null(_seats.Find("a"));
    }

    private static SessionMember Member() => new(new TestClient(ServerParts.Alice).Connection, channel: null!, new JsonFrameEncoder(), echo: false);
}
