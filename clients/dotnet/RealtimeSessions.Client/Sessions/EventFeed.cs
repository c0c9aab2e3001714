using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Sessions;

/// <summary>
/// Reads a session's events one by one. What is applied waits in a buffer; what came before, or does not fit into the buffer while the reader is slow, is read from the log.
/// </summary>
internal sealed class EventFeed : IDisposable
{
    private const int Buffered = 1_000;
    private const int PageSize = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Held<LiveSessionReplica> _held;
    private readonly Channel<Entry> _buffer = Channel.CreateBounded<Entry>(new BoundedChannelOptions(Buffered) { SingleReader = true });
    private readonly CancellationTokenSource _left = new();
    private readonly IDisposable _registration;
    private Entry? _leftOut;
    private Entry? _reset;
    private Position _at;
    private long _logged;

    private EventFeed(Held<LiveSessionReplica> held, long? after)
    {
        _held = held;
        _registration = held.Replica.Notices.Feeds.Add(Take);
        var position = held.Replica.Read(static replica => replica.Confirmed!.Position);
        (_at, _logged) = (position with { Sequence = after ?? position.Sequence }, position.Sequence);
        if (held.Replica.Left.IsCompleted)
        {
            End();
        }
    }

    /// <summary>Reads until the session is left.</summary>
    public static async IAsyncEnumerable<SessionEvent> ReadAsync(
        Held<LiveSessionReplica> held, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var feed = new EventFeed(held, after);
        do
        {
            do
            {
                while (feed._logged > feed._at.Sequence)
                {
                    foreach (var next in await feed.ReadPageAsync(cancellationToken))
                    {
                        feed._at = feed._at with { Sequence = next.Sequence };
                        yield return next;
                    }
                }

                while (feed.TryTakeNext(out var next))
                {
                    yield return next;
                }
            }
            while (feed._logged > feed._at.Sequence);
        }
        while (await feed._buffer.Reader.WaitToReadAsync(cancellationToken));
    }

    public void Dispose()
    {
        _registration.Dispose();
        _left.Dispose();
    }

    private void Take(ReplicaOutput output)
    {
        switch (output)
        {
            case ReplicaOutput.Left:
                End();
                break;
            case ReplicaOutput.WasReset reset:
                Volatile.Write(ref _reset, new Entry(reset.Position, null));
                Keep(_reset);
                break;
            case ReplicaOutput.Applied<SessionEvent> applied:
                Keep(new Entry(applied.Position, applied.Event));
                break;
        }
    }

    /// <summary>What does not fit is found in the log.</summary>
    private void Keep(Entry entry)
    {
        if (!_buffer.Writer.TryWrite(entry))
        {
            Volatile.Write(ref _leftOut, entry);

            // Who has emptied the buffer before he could see that is woken; where there is still no room, he goes on by himself.
            _buffer.Writer.TryWrite(entry);
        }
    }

    private void End()
    {
        _buffer.Writer.TryComplete();
        try
        {
            _left.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Nobody reads any more.
        }
    }

    /// <summary>Takes the next event from the buffer; passes over what was given. Where something is missing before it, the log is asked first.</summary>
    private bool TryTakeNext(out SessionEvent next)
    {
        while (_buffer.Reader.TryPeek(out var entry) && (IsOld(entry) || IsNext(entry)))
        {
            _buffer.Reader.TryRead(out _);
            if (entry.Event is not null && entry.Position.Epoch == _at.Epoch && entry.Position.Sequence > _at.Sequence)
            {
                (_at, next) = (entry.Position, entry.Event);
                return true;
            }
        }

        if (!_buffer.Reader.TryPeek(out _) && Interlocked.Exchange(ref _leftOut, null) is { } last && !IsOld(last))
        {
            IsNext(last with { Event = null });
        }

        next = null!;
        return false;
    }

    /// <summary>Whether an entry is of a history that was left behind.</summary>
    private bool IsOld(Entry entry) => entry.Position.Epoch != _at.Epoch && entry.Position.Epoch != Volatile.Read(ref _reset)?.Position.Epoch;

    /// <summary>Whether everything before an entry was given.</summary>
    private bool IsNext(Entry entry)
    {
        var before = entry.Event is null ? entry.Position.Sequence : Replica.FirstOf(entry.Event) - 1;
        if (entry.Position.Epoch != _at.Epoch)
        {
            // Another history: what was there is not to be had, and it begins with its state.
            _at = entry.Position with { Sequence = Math.Min(before, Volatile.Read(ref _reset)!.Position.Sequence) };
        }

        _logged = before;
        return before <= _at.Sequence;
    }

    private async Task<IReadOnlyList<SessionEvent>> ReadPageAsync(CancellationToken cancellationToken)
    {
        var request = new ListSessionEventsRequest
        {
            ApplicationId = _held.Replica.Key.ApplicationId,
            SessionId = _held.Replica.Key.SessionId,
            After = _at.Sequence,
            Limit = PageSize,
        };
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _left.Token);
        while (true)
        {
            try
            {
                return Continue(await _held.Client.ListSessionEventsAsync(request, either.Token));
            }
            catch (Exception exception) when (_held.Replica.Left.IsCompleted && !cancellationToken.IsCancellationRequested
                && exception is RealtimeException or OperationCanceledException)
            {
                return SkipTo(_logged);
            }
            catch (RealtimeException exception) when (exception.IsRetryable)
            {
                await Task.Delay(Pause, _held.Client.Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private IReadOnlyList<SessionEvent> Continue(SessionEventPage page)
    {
        // Where the log has lost its history, it goes on with what is there.
        return page.Position.Epoch != _at.Epoch || page.Events.Count == 0
            ? SkipTo(_logged)
            : [.. page.Events.Select(next => JsonSerializer.Deserialize(next.Utf8.Span, ProtocolJsonContext.Default.SessionEvent)!)];
    }

    private SessionEvent[] SkipTo(long sequence)
    {
        _at = _at with { Sequence = sequence };
        return [];
    }

    /// <summary>Something that was applied.</summary>
    /// <param name="Position">The position after it.</param>
    /// <param name="Event">The event; null: the state was replaced.</param>
    private sealed record Entry(Position Position, SessionEvent? Event);
}
