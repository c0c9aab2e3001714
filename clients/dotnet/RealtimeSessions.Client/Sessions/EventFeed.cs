using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
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

    private readonly SessionParts _parts;
    private readonly Channel<ReplicaOutput> _buffer = Channel.CreateBounded<ReplicaOutput>(new BoundedChannelOptions(Buffered) { SingleReader = true });
    private readonly IDisposable _registration;
    private Position _at;

    private EventFeed(SessionParts parts, long? after)
    {
        _parts = parts;
        _registration = parts.Notices.Feeds.Add(Take);
        var position = parts.Replica.Read(static replica => replica.Confirmed!.Position);
        _at = position with { Sequence = after ?? position.Sequence };
    }

    /// <summary>Reads until the session is left.</summary>
    public static async IAsyncEnumerable<SessionEvent> ReadAsync(
        SessionParts parts, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var feed = new EventFeed(parts, after);
        do
        {
            // Before each wait, the log is asked for what the buffer does not hold.
            while (feed.TryTakeNext(out var next))
            {
                yield return next;
            }

            while (feed.IsBehind && await feed.ReadPageAsync(cancellationToken) is { Count: > 0 } page)
            {
                foreach (var next in page)
                {
                    feed._at = feed._at with { Sequence = next.Sequence };
                    yield return next;
                }
            }
        }
        while (feed.HasBuffered || await feed._buffer.Reader.WaitToReadAsync(cancellationToken));
    }

    public void Dispose() => _registration.Dispose();

    private bool HasBuffered => _buffer.Reader.TryPeek(out _);

    /// <summary>Whether there are events that have been applied and were not given.</summary>
    private bool IsBehind => _parts.Replica.Read(static replica => replica.Confirmed!.Position) is var head && head.Epoch == _at.Epoch && head.Sequence > _at.Sequence;

    private void Take(ReplicaOutput output)
    {
        if (output is ReplicaOutput.Left)
        {
            _buffer.Writer.TryComplete();
        }
        else
        {
            // Where it is full, what is left out is found in the log.
            _buffer.Writer.TryWrite(output);
        }
    }

    /// <summary>Takes the next event from the buffer, if it is there; passes over what was given.</summary>
    private bool TryTakeNext(out SessionEvent next)
    {
        while (_buffer.Reader.TryPeek(out var output))
        {
            if (output is ReplicaOutput.WasReset reset)
            {
                // In the same history the log has what lies between.
                _at = reset.Position.Epoch == _at.Epoch ? _at : reset.Position;
            }
            else if (output is ReplicaOutput.Applied { Event: var known } && known.Sequence > _at.Sequence)
            {
                if (Replica.FirstOf(known) > _at.Sequence + 1)
                {
                    break; // Something before it was left out.
                }

                _buffer.Reader.TryRead(out _);
                _at = _at with { Sequence = known.Sequence };
                next = known;
                return true;
            }

            _buffer.Reader.TryRead(out _);
        }

        next = null!;
        return false;
    }

    private async Task<IReadOnlyList<SessionEvent>> ReadPageAsync(CancellationToken cancellationToken)
    {
        var request = new ListSessionEventsRequest
        {
            ApplicationId = _parts.Key.ApplicationId,
            SessionId = _parts.Key.SessionId,
            After = _at.Sequence,
            Limit = PageSize,
        };
        while (true)
        {
            try
            {
                var page = await _parts.Client.ListSessionEventsAsync(request, cancellationToken);
                return Continue(page);
            }
            catch (RealtimeException exception) when (exception.IsRetryable && !_parts.Replica.Left.IsCompleted)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private IReadOnlyList<SessionEvent> Continue(SessionEventPage page)
    {
        if (page.Position.Epoch != _at.Epoch)
        {
            _at = page.Position; // Another history: what was there is not to be had.
            return [];
        }

        return [.. page.Events.Select(next => JsonSerializer.Deserialize(next.Utf8.Span, ProtocolJsonContext.Default.SessionEvent)!)];
    }
}
