using System.Threading.Channels;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tails;

/// <summary>
/// The tail of both engines. Announced events are taken as they are while each batch links to the event read last; everything else
/// (a gap, a doubt, a wake without events) is settled by reading the log from the event read last.
/// </summary>
internal sealed class LogTail : ILogTail
{
    private const int ReadLimit = 1_000;
    private const int MaximumWaitingBytes = 1024 * 1024;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(2);

    private readonly ILogTailSource _source;
    private readonly TimeProvider _time;
    private readonly Action<LogTail> _onDisposed;
    private readonly Lock _lock = new();
    private readonly Queue<LogNotification> _waiting = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _disposed = new();
    private long _waitingBytes;
    private bool _mustRead = true;

    private Position _cursor;
    private Guid _lastEventId;

    public LogTail(ILogTailSource source, LogId log, Position after, TimeProvider time, Action<LogTail> onDisposed)
    {
        (_source, _time, _onDisposed, _cursor) = (source, time, onDisposed, after);
        Log = log;
        _wake.Writer.TryWrite(true);
    }

    public LogId Log { get; }

    /// <summary>Takes an announcement: enqueues and wakes, nothing more. When too much waits, all of it is left to a read.</summary>
    public void Offer(LogNotification notification)
    {
        lock (_lock)
        {
            var weight = Weight(notification);
            if (notification.Events.Count == 0 || _waitingBytes + weight > MaximumWaitingBytes)
            {
                LeaveToRead();
            }
            else if (!_mustRead)
            {
                _waiting.Enqueue(notification);
                _waitingBytes += weight;
            }
        }

        _wake.Writer.TryWrite(true);
    }

    /// <summary>Makes the tail compare its position with the log's head.</summary>
    public void Check()
    {
        lock (_lock)
        {
            LeaveToRead();
        }

        _wake.Writer.TryWrite(true);
    }

    public async ValueTask<TailBatch> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_disposed.IsCancellationRequested)
            {
                throw new OperationCanceledException("The tail was disposed.");
            }

            if (TakeAnnounced() is { } announced)
            {
                return Advance(announced);
            }

            if (TakeMustRead() && await ReadLogOrLeaveItAsync(cancellationToken) is { } batch)
            {
                return batch;
            }

            await WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!_disposed.IsCancellationRequested)
        {
            _disposed.Cancel();
            _wake.Writer.TryComplete();
            _onDisposed(this);
        }

        return ValueTask.CompletedTask;
    }

    private static long Weight(LogNotification notification)
    {
        long weight = 0;
        foreach (var e in notification.Events)
        {
            weight += e.Payload.Length + 100;
        }

        return weight;
    }

    private void LeaveToRead()
    {
        _waiting.Clear();
        _waitingBytes = 0;
        _mustRead = true;
    }

    /// <summary>The next announced events, if they link to the event read last. What does not is left to a read.</summary>
    private IReadOnlyList<LogEvent>? TakeAnnounced()
    {
        lock (_lock)
        {
            List<LogEvent>? joined = null;
            IReadOnlyList<LogEvent>? taken = null;
            var (next, link) = (_cursor.Sequence + 1, _lastEventId);
            while (!_mustRead && _waiting.TryDequeue(out var notification))
            {
                _waitingBytes -= Weight(notification);
                if (IsKnown(notification, next - 1, link))
                {
                    continue;
                }

                if (notification.Epoch != _cursor.Epoch || notification.First != next || notification.PreviousEventId != link)
                {
                    // Late, doubled, out of order, or another history: the log decides. What was taken already stands.
                    LeaveToRead();
                    break;
                }

                (next, link) = (notification.Last + 1, notification.Events[^1].EventId);
                if (taken is null)
                {
                    taken = notification.Events;
                }
                else
                {
                    joined ??= [.. taken];
                    joined.AddRange(notification.Events);
                }
            }

            return joined ?? taken;
        }
    }

    /// <summary>Whether an announcement only repeats what was read. One that ends at the event read last must end with that event.</summary>
    private bool IsKnown(LogNotification notification, long last, Guid lastEventId) =>
        notification.Epoch == _cursor.Epoch
        && (notification.Last < last || (notification.Last == last && notification.Events[^1].EventId == lastEventId));

    private bool TakeMustRead()
    {
        lock (_lock)
        {
            var must = _mustRead;
            _mustRead = false;
            return must;
        }
    }

    /// <summary>Reads the log; a read that was broken off is left to the next call, since what woke this one is used up.</summary>
    private async Task<TailBatch?> ReadLogOrLeaveItAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadLogAsync(cancellationToken);
        }
        catch
        {
            Check();
            throw;
        }
    }

    /// <summary>Reads on from the event read last, which must still stand where it stood.</summary>
    /// <returns>A batch, or null at the head.</returns>
    private async Task<TailBatch?> ReadLogAsync(CancellationToken cancellationToken)
    {
        var known = Math.Max(0, _cursor.Sequence - 1);
        var page = await RetryAsync(() => _source.ReadAsync(Log, known, ReadLimit, cancellationToken), cancellationToken);
        if (page is null)
        {
            return TailBatch.Deleted;
        }

        var (head, events) = (page.Head, page.Events);
        if (head.Position.Epoch != _cursor.Epoch)
        {
            return TailBatch.Reset;
        }

        var seen = _cursor.Sequence > 0 && events.Count > 0 && events[0].Sequence == _cursor.Sequence ? events[0] : null;
        if (head.Position.Sequence < _cursor.Sequence || (seen is not null && _lastEventId != Guid.Empty && seen.EventId != _lastEventId))
        {
            await RetryAsync(async () =>
            {
                await _source.ChangeEpochAsync(Log, _cursor.Epoch);
                return true;
            }, cancellationToken);
            return TailBatch.Reset;
        }

        if (head.FirstAvailable > _cursor.Sequence + 1)
        {
            return TailBatch.Reset;
        }

        if (seen is not null)
        {
            _lastEventId = seen.EventId;
            events = events.Skip(1).ToArray();
        }

        if (events.Count == 0 && head.Position.Sequence > _cursor.Sequence)
        {
            // The event read last fills a page alone.
            page = await RetryAsync(() => _source.ReadAsync(Log, _cursor.Sequence, ReadLimit, cancellationToken), cancellationToken);
            if (page?.Head.Position.Epoch != _cursor.Epoch || page.Events.Count == 0 || page.Events[0].Sequence != _cursor.Sequence + 1)
            {
                // Something else happened in between: the next read decides.
                Check();
                return null;
            }

            (head, events) = (page.Head, page.Events);
        }

        if (events.Count == 0)
        {
            return null;
        }

        if (events[^1].Sequence < head.Position.Sequence)
        {
            Check();
        }

        return Advance(events);
    }

    private TailBatch Advance(IReadOnlyList<LogEvent> events)
    {
        _cursor = _cursor with { Sequence = events[^1].Sequence };
        _lastEventId = events[^1].EventId;
        return new TailBatch(TailBatchKind.Events, events);
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var delay = FirstRetry; ; delay = delay * 2 < LastRetry ? delay * 2 : LastRetry)
        {
            try
            {
                return await call();
            }
            catch (EngineUnavailableException)
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
                await Task.Delay(delay, _time, either.Token);
            }
        }
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _wake.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The tail was disposed.");
        }
    }
}
