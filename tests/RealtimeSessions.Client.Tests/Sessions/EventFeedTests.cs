using System.Globalization;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Tests.Sessions;

public sealed class EventFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeHub _hub = new();

    [Fact]
    public async Task Read_FromTheBeginning_GivesWhatWasAndWhatComes()
    {
        Make(2_500, isTold: false);
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        await using var reader = session.ReadEventsAsync(0).GetAsyncEnumerator();

        await AssertNextAsync(reader, 1, 2_500);
        Make(10);

        await AssertNextAsync(reader, 2_501, 2_510);
    }

    [Fact]
    public async Task Read_BySomebodySlow_FindsTheRestInTheLog()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        await using var reader = session.ReadEventsAsync(0).GetAsyncEnumerator();
        Make(1);
        await AssertNextAsync(reader, 1, 1);

        Make(5_000);
        await AssertNextAsync(reader, 2, 10);
        Make(10);

        await AssertNextAsync(reader, 11, 5_011);
    }

    [Fact]
    public async Task Read_AfterAResetInTheSameHistory_GivesWhatLiesBetween()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        await using var reader = session.ReadEventsAsync(0).GetAsyncEnumerator();
        Make(1);
        await AssertNextAsync(reader, 1, 1);

        Make(10, isTold: false);
        _hub.Reset();

        await AssertNextAsync(reader, 2, 11);
    }

    [Fact]
    public async Task Read_AcrossHistories_GoesOnInTheNewOne()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        await using var reader = session.ReadEventsAsync(0).GetAsyncEnumerator();
        Make(1);
        await AssertNextAsync(reader, 1, 1);

        // More than is buffered of the old one, then another that is shorter: however much was read of the first, all of the second follows.
        Make(3_000);
        _hub.Epoch = "e2";
        _hub.Log.RemoveRange(5, _hub.Log.Count - 5);
        _hub.Reset();
        Make(2_000);
        Guid[] made = [.. _hub.Log.Skip(5).Select(next => next.EventId)];

        List<Guid> read = [];
        while (reader.Current.EventId != made[^1])
        {
            Assert.True(await reader.MoveNextAsync().AsTask().WaitAsync(Patience));
            read.Add(reader.Current.EventId);
        }

        Assert.Equal(made, read.TakeLast(made.Length));
        Make(1);
        await AssertNextAsync(reader, 2_006, 2_006);
    }

    [Fact]
    public async Task Read_OfASessionThatIsLeft_Ends()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        await using var live = session.ReadEventsAsync().GetAsyncEnumerator();
        await using var late = session.ReadEventsAsync(0).GetAsyncEnumerator();
        var next = live.MoveNextAsync().AsTask();

        _hub.PutOut("access_revoked");

        Assert.False(await next.WaitAsync(Patience));
        Assert.False(await late.MoveNextAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task Read_WhileTheLogCannotBeHad_TriesAgain()
    {
        Make(3, isTold: false);
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        _hub.Held.Add("ListSessionEvents");
        await using var reader = session.ReadEventsAsync(0).GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();
        var call = (await _hub.CallsAsync("ListSessionEvents"))[0];

        _hub.Held.Remove("ListSessionEvents");
        call.Fail(ErrorCode.Unavailable);
        await _hub.CallsAsync("ListSessionEvents", count: 2, timeGoesOn: true);

        Assert.True(await next.WaitAsync(Patience));
        await AssertNextAsync(reader, 2, 3);
    }

    private void Make(int count, bool isTold = true)
    {
        for (var i = 0; i < count; i++)
        {
            _hub.Make($$"""{"n":{{i.ToString(CultureInfo.InvariantCulture)}}}""", isTold);
        }
    }

    private static async Task AssertNextAsync(IAsyncEnumerator<SessionEvent> reader, long first, long last)
    {
        for (var sequence = first; sequence <= last; sequence++)
        {
            Assert.True(await reader.MoveNextAsync().AsTask().WaitAsync(Patience));
            Assert.Equal(sequence, reader.Current.Sequence);
        }
    }
}
