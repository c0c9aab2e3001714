using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Replicas;

public sealed class ReplicaTests : LaneTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task OpenAsync_NoSuchLog_IsNull() => Assert.Null(await OpenAsync(new LogId("session/demo/nothing")));

    [Fact]
    public async Task WaitForAsync_AnEventToCome_CompletesWithItFolded()
    {
        await using var replica = (await OpenAsync())!;
        var waits = replica.WaitForAsync(replica.Current.Position with { Sequence = 3 });
        Assert.False(waits.IsCompleted);

        AssertAppended(await Task.WhenAll(Pipeline(2)));
        await waits.WaitAsync(Patience);

        Assert.Equal("""{"n":2}""", replica.Current.State.Data.ToString());
    }

    [Fact]
    public async Task ReadLatestAsync_AfterAnAck_HoldsWhatWasAcknowledged()
    {
        await using var replica = (await OpenAsync())!;
        for (var n = 1; n <= 50; n++)
        {
            var ack = await Parts.PatchAsync(Board, $$"""{"n":{{n}}}""");
            var latest = await replica.ReadLatestAsync().WaitAsync(Patience);
            Assert.True(latest!.Position.Sequence >= ack.Value!.Position.Sequence);
        }
    }

    [Fact]
    public async Task Attach_WhileEventsCome_IsToldEachOnceFromTheStateReturned()
    {
        await using var replica = (await OpenAsync())!;
        var appending = Task.WhenAll(Pipeline(500));
        for (var i = 0; i < 20; i++)
        {
            var observer = new Observer();
            observer.Start(replica.Attach(observer));
            await Task.Yield();
            replica.Detach(observer);
            observer.AssertWithoutGap();
        }

        var last = new Observer();
        last.Start(replica.Attach(last));
        AssertAppended(await appending);
        await replica.WaitForAsync(replica.Current.Position with { Sequence = 501 }).WaitAsync(Patience);
        replica.Detach(last);

        Assert.Equal(501, last.AssertWithoutGap());
    }

    [Fact]
    public async Task Detach_OneOfTwoObservers_LeavesTheOther()
    {
        await using var replica = (await OpenAsync())!;
        var (first, second) = (new Observer(), new Observer());
        first.Start(replica.Attach(first));
        second.Start(replica.Attach(second));
        replica.Detach(first);

        var ack = await Parts.PatchAsync(Board, """{"n":1}""");
        await replica.WaitForAsync(ack.Value!.Position).WaitAsync(Patience);

        replica.Detach(second);
        Assert.Equal((1, 2), (first.AssertWithoutGap(), second.AssertWithoutGap()));
    }

    [Fact]
    public async Task Follow_AnotherHistory_ResetsAndReleasesWhoeverWaits()
    {
        await using var replica = (await OpenAsync())!;
        AssertAppended(await Task.WhenAll(Pipeline(3)));
        await replica.WaitForAsync(replica.Current.Position with { Sequence = 4 }).WaitAsync(Patience);
        var observer = new Observer();
        observer.Start(replica.Attach(observer));
        var before = replica.Current.Position;
        var waits = replica.WaitForAsync(before with { Sequence = 100 });

        await Parts.Log.LoseAfterAsync(Board.Log, 2);
        var latest = replica.ReadLatestAsync();
        Parts.Log.NoticeLoss();
        await waits.WaitAsync(Patience);

        Assert.Equal(2, (await latest.WaitAsync(Patience))!.Position.Sequence);
        Assert.NotEqual(before.Epoch, replica.Current.Position.Epoch);
        Assert.Equal("""{"n":1}""", replica.Current.State.Data.ToString());
        replica.Detach(observer);
        Assert.Equal(replica.Current, Assert.Single(observer.Resets));

        // A position of the history that is over is waited for no longer.
        await replica.WaitForAsync(before with { Sequence = 100 }).WaitAsync(Patience);
    }

    [Fact]
    public async Task Follow_TheLogIsDeleted_TellsAndReleases()
    {
        await using var replica = (await OpenAsync())!;
        var observer = new Observer();
        observer.Start(replica.Attach(observer));
        var waits = replica.WaitForAsync(replica.Current.Position with { Sequence = 100 });

        await Parts.Log.DeleteAsync(Board.Log);
        await waits.WaitAsync(Patience);

        Assert.True(replica.IsDeleted);
        replica.Detach(observer);
        Assert.Equal(1, observer.Deletions);
        Assert.Null(await replica.ReadLatestAsync());
    }

    [Fact]
    public async Task Follow_AnEventThatCannotBeFolded_FailsWhoeverWaitsAndTells()
    {
        await using var replica = (await OpenAsync())!;
        var observer = new Observer();
        observer.Start(replica.Attach(observer));
        var waits = replica.WaitForAsync(replica.Current.Position with { Sequence = 2 });

        await Parts.Log.AppendAsync(Board.Log, [new LogAppend { Events = [new NewEvent(Guid.NewGuid(), DateTimeOffset.UtcNow, "{}"u8.ToArray())] }]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => waits.WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(() => replica.ReadLatestAsync().WaitAsync(Patience));
        Assert.True(replica.HasFailed);
        replica.Detach(observer);
        Assert.Equal(1, observer.Failures);

        // The server's own replica of the session meets the same event.
        await Wait.UntilAsync(() => Parts.Logs.Errors.Count == 2);
        Parts.Logs.Clear();
    }

    [Fact]
    public async Task DisposeAsync_WhileSomebodyWaits_ReleasesHim()
    {
        var replica = (await OpenAsync())!;
        var waits = replica.WaitForAsync(replica.Current.Position with { Sequence = 100 });
        await replica.DisposeAsync();

        await waits.WaitAsync(Patience);
        await replica.WaitForAsync(replica.Current.Position with { Sequence = 100 }).WaitAsync(Patience);
    }

    [Fact]
    public async Task ReadAsync_AtASequence_IsTheStateThere()
    {
        AssertAppended(await Task.WhenAll(Pipeline(5)));

        var state = await StateReader.ReadAsync(Parts.Log, Board.Log, SessionFold.Instance, atSequence: 3);

        Assert.Equal((3, """{"n":2}"""), (state!.Position.Sequence, state.State.Data.ToString()));
    }

    [Fact]
    public async Task ReadAsync_HistoryLostBetweenTwoPages_IsTheStateOfOneHistory()
    {
        AssertAppended(await Task.WhenAll(Pipeline(1_500)));
        var reads = 0;
        Parts.Log.OnRead = async () =>
        {
            if (++reads == 2)
            {
                await Parts.Log.LoseAfterAsync(Board.Log, 900);
            }
        };

        var state = await StateReader.ReadAsync(Parts.Log, Board.Log, SessionFold.Instance);

        Assert.Equal((900, """{"n":899}"""), (state!.Position.Sequence, state.State.Data.ToString()));
    }

    private Task<Replica<SessionState>?> OpenAsync(LogId? log = null) =>
        Replica<SessionState>.OpenAsync(Parts.Log, log ?? Board.Log, SessionFold.Instance, Parts.Lane.Logger);

    private sealed class Observer : IReplicaObserver<SessionState>
    {
        private readonly List<(long First, long Last, long After)> _batches = [];
        private long _start;

        public List<ReplicaState<SessionState>> Resets { get; } = [];

        public int Deletions { get; private set; }

        public int Failures { get; private set; }

        public void Start(ReplicaState<SessionState> state) => _start = state.Position.Sequence;

        public void OnEvents(IReadOnlyList<LogEvent> events, ReplicaState<SessionState> after)
        {
            lock (_batches)
            {
                _batches.Add((events[0].Sequence, events[^1].Sequence, after.Position.Sequence));
            }
        }

        public void OnReset(ReplicaState<SessionState> state) => Resets.Add(state);

        public void OnDeleted() => Deletions++;

        public void OnFailed() => Failures++;

        /// <summary>Where it was told to.</summary>
        public long AssertWithoutGap()
        {
            lock (_batches)
            {
                var last = _start;
                foreach (var batch in _batches)
                {
                    Assert.Equal((last + 1, batch.Last), (batch.First, batch.After));
                    last = batch.Last;
                }

                return last;
            }
        }
    }
}
