using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>Consecutive events that were read from a log for members that are behind.</summary>
/// <param name="Head">The log's head at the time; null: there is no such log.</param>
/// <param name="Events">The events.</param>
internal sealed record EventPage(Position? Head, IReadOnlyList<ChannelEvent> Events)
{
    /// <summary>Whether it holds the event after a sequence.</summary>
    public bool Continues(long sequence) =>
        Events is [var first, ..] && sequence >= first.Sequence - 1 && sequence < first.Sequence - 1 + Events.Count;

    /// <summary>The events after a sequence.</summary>
    public IEnumerable<ChannelEvent> After(long sequence) => Events.Skip((int)(sequence + 1 - Events[0].Sequence));
}

/// <summary>
/// Reads a channel's log for members that are behind. Those at about the same place share one read and its frames, so that hundreds that come
/// back at once cost little more than one. Thread-safe.
/// </summary>
/// <param name="channel">The channel.</param>
/// <param name="eventLog">The engine.</param>
internal sealed class EventPages(Channel channel, IEventLog eventLog)
{
    private const int PageSize = 500;
    private const int Kept = 4;

    private readonly Lock _lock = new();
    private readonly Queue<(Position Start, Task<EventPage> Reading)> _kept = new();

    /// <summary>Reads what follows a position.</summary>
    /// <returns>A page that begins at or before the event asked for, and holds it if the log does.</returns>
    /// <exception cref="EngineUnavailableException">The engine could not be reached.</exception>
    public async Task<EventPage> ReadAsync(Position after)
    {
        // Whoever is on the way through the log comes to the same pages.
        var start = after with { Sequence = after.Sequence / PageSize * PageSize };
        if (Find(start) is { } reading && await reading is var known && known.Continues(after.Sequence))
        {
            return known;
        }

        // It was read when the log was shorter, or ends early because its events are large.
        var page = await Begin(start);
        return page.Continues(after.Sequence) ? page : await ReadPageAsync(after);
    }

    /// <summary>Lets go of what was read.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _kept.Clear();
        }
    }

    private Task<EventPage>? Find(Position start)
    {
        lock (_lock)
        {
            return _kept.LastOrDefault(page => page.Start == start && !page.Reading.IsFaulted).Reading;
        }
    }

    private Task<EventPage> Begin(Position start)
    {
        lock (_lock)
        {
            if (_kept.LastOrDefault(page => page.Start == start && !page.Reading.IsCompleted).Reading is { } underway)
            {
                return underway;
            }

            if (_kept.Count == Kept)
            {
                _kept.Dequeue();
            }

            var reading = ReadPageAsync(start);
            _kept.Enqueue((start, reading));
            return reading;
        }
    }

    private async Task<EventPage> ReadPageAsync(Position after)
    {
        var page = await eventLog.ReadAsync(channel.Log, after.Sequence, PageSize);
        return new EventPage(page?.Head.Position, [.. (page?.Events ?? []).Select(next => channel.Enter(next, after.Epoch))]);
    }
}
