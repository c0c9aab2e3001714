using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tests.Model;

/// <summary>Takes a sequence of operations on an engine's log and on the model, and compares all that can be seen.</summary>
internal sealed class LogModelRun(IReadOnlyList<IEventLog> servers, LogId log) : IAsyncDisposable
{
    private readonly LogModel _model = new();
    private readonly List<ModelTail> _tails = [];
    private int _step;

    /// <summary>Any of the servers; which one does not matter, and so changes with every step.</summary>
    private IEventLog Logs => servers[_step % servers.Count];

    public async Task StepAsync(LogOperation operation)
    {
        _step++;
        switch (operation)
        {
            case AppendOperation append:
                await AppendAsync(append);
                break;
            case ReadOperation read:
                await ReadAsync(Math.Max(0, _model.Sequence - read.Behind), read.Limit);
                break;
            case WriteSnapshotOperation write:
                var snapshot = new LogSnapshot(Place(write.Behind, write.OtherEpoch, lowest: 1), Some.Bytes(write.StateBytes, _step));
                Assert.Equal(_model.WriteSnapshot(snapshot), await Logs.WriteSnapshotAsync(log, snapshot));
                break;
            case ReadSnapshotOperation read:
                await ReadSnapshotAsync(_model.Sequence - read.Behind);
                break;
            case TrimOperation trim:
                var edge = new LogSnapshot(Place(trim.Behind, trim.OtherEpoch, lowest: 1), Some.Bytes(20, _step));
                Assert.Equal(_model.Trim(edge), await Logs.TrimAsync(log, edge));
                break;
            case DeleteOperation:
                Assert.Equal(_model.Delete(), await Logs.DeleteAsync(log));
                break;
            case OpenTailOperation open:
                var after = Place(open.Behind, open.OtherEpoch, lowest: 0);
                _tails.Add(new ModelTail(Logs.OpenTail(log, after), after, _model));
                break;
            case ReadTailOperation read when _tails.Count > 0:
                await ReadTailAsync(_tails[read.Index % _tails.Count]);
                break;
        }
    }

    /// <summary>Reads log and tails to their ends.</summary>
    public async Task FinishAsync()
    {
        foreach (var tail in _tails)
        {
            while (tail.HasMore)
            {
                await ReadTailAsync(tail);
            }
        }

        foreach (var _ in servers)
        {
            _step++;
            await ReadAsync(0, 10_000);
            await ReadSnapshotAsync(long.MaxValue);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tail in _tails)
        {
            await tail.DisposeAsync();
        }
    }

    private async Task AppendAsync(AppendOperation operation)
    {
        var existed = _model.Exists;
        List<LogAppend> appends = [];
        List<AppendResult> expected = [];
        foreach (var plan in operation.Plans)
        {
            appends.Add(Resolve(plan));
            expected.Add(_model.Append(appends[^1]));
        }

        var results = await Logs.AppendAsync(log, appends);
        if (!existed && _model.Exists)
        {
            _model.Epoch = results.First(r => r.Outcome == AppendOutcome.Appended).Epoch;
            Assert.Matches("^[a-z0-9]{1,32}$", _model.Epoch);
            var made = expected.FindIndex(r => r.Outcome == AppendOutcome.Appended);
            expected = [.. expected.Select((r, i) => i < made ? r : r with { Epoch = _model.Epoch })];
        }

        Assert.Equal(expected, results);
    }

    private LogAppend Resolve(AppendPlan plan) =>
        new()
        {
            Events = [.. Enumerable.Range(0, plan.Events).Select(i =>
                Some.Event($"{_step}.{i}") with { ChangesRights = plan.ChangesRights && i == 0 })],
            MustBeNew = plan.MustBeNew,
            AllowSealed = plan.AllowSealed,
            Seal = plan.Seal,
            ExpectedSequence = _model.Sequence + plan.SequenceOffset,
            ExpectedGuard = _model.Guard + plan.GuardOffset,
            Writer = plan.Writer is null
                ? null
                : new WriterNumber(plan.Writer, Math.Max(1, _model.NextNumber(plan.Writer) + plan.NumberOffset)),
        };

    private async Task ReadAsync(long after, int limit)
    {
        var page = await Logs.ReadAsync(log, after, limit);
        Assert.Equal(_model.Exists ? _model.Head : null, page?.Head);
        if (page is not null)
        {
            Assert.Equal(LogEventText.Texts(_model.Read(after, limit)), LogEventText.Texts(page.Events));
        }
    }

    private async Task ReadSnapshotAsync(long atMost)
    {
        var (expected, actual) = (_model.ReadSnapshot(atMost), await Logs.ReadSnapshotAsync(log, atMost));
        Assert.Equal(expected?.Position, actual?.Position);
        Assert.Equal(expected?.State.ToArray(), actual?.State.ToArray());
    }

    private async Task ReadTailAsync(ModelTail tail)
    {
        if (await tail.ReadAsync() == TailBatchKind.Reset && tail.MustHaveChangedTheEpoch)
        {
            var head = await Logs.HeadAsync(log);
            Assert.NotEqual(_model.Epoch, head.Position.Epoch);
            _model.ChangeEpoch(head.Position.Epoch, await Logs.ReadSnapshotAsync(log));
        }
    }

    private Position Place(int behind, bool otherEpoch, int lowest) =>
        new(otherEpoch ? "another" : _model.Epoch, Math.Max(lowest, _model.Sequence - behind));
}
