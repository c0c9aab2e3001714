using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tests.Model;

/// <summary>A tail of an engine's log, beside the model of that log.</summary>
internal sealed class ModelTail(ILogTail tail, Position after, LogModel model) : IAsyncDisposable
{
    private Position _cursor = after;
    private bool _ended;

    /// <summary>Whether a read must return something without another append.</summary>
    public bool HasMore => !_ended && (!model.Exists || MustReset || _cursor.Sequence < model.Sequence);

    /// <summary>Whether the tail was at a position beyond the head, which is lost history.</summary>
    public bool MustHaveChangedTheEpoch => _cursor.Epoch == model.Epoch && _cursor.Sequence > model.Sequence;

    private bool MustReset =>
        _cursor.Epoch != model.Epoch || _cursor.Sequence > model.Sequence || _cursor.Sequence + 1 < model.FirstAvailable;

    /// <summary>Reads one batch, if there must be one, and judges it.</summary>
    /// <remarks>Before its end a tail may still return events that it was told of in time.</remarks>
    public async Task<TailBatchKind?> ReadAsync()
    {
        if (!HasMore)
        {
            return null;
        }

        var batch = await tail.NextAsync();
        _ended = batch.Kind != TailBatchKind.Events;
        switch (batch.Kind)
        {
            case TailBatchKind.Events:
                Assert.NotEmpty(batch.Events);
                var expected = model.History.Skip((int)_cursor.Sequence).Take(batch.Events.Count);
                Assert.Equal(LogEventText.Texts(expected), LogEventText.Texts(batch.Events));
                _cursor = _cursor with { Sequence = batch.Events[^1].Sequence };
                break;
            case TailBatchKind.Reset:
                Assert.True(model.Exists && MustReset, $"Reset at {_cursor}, the log is {model.Head}");
                break;
            default:
                Assert.False(model.Exists, $"Deleted at {_cursor}, the log is {model.Head}");
                break;
        }

        return batch.Kind;
    }

    public ValueTask DisposeAsync() => tail.DisposeAsync();
}
