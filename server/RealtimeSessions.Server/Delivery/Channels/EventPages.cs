using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>Consecutive events that were read from a log for members that are behind.</summary>
/// <param name="Head">The log's head at the time; null: there is no such log.</param>
/// <param name="Events">The events.</param>
internal sealed record EventPage(Position? Head, IReadOnlyList<ChannelEvent> Events)
{
    /// <summary>What the payloads weigh.</summary>
    public long Bytes { get; } = Events.Sum(next => (long)next.Bytes);

    /// <summary>Whether it holds the event after a sequence.</summary>
    public bool Continues(long sequence) =>
        Events is [var first, ..] && sequence >= first.Sequence - 1 && sequence < first.Sequence - 1 + Events.Count;

    /// <summary>The events after a sequence.</summary>
    public IEnumerable<ChannelEvent> After(long sequence) => Events.Skip((int)(sequence + 1 - Events[0].Sequence));
}

/// <summary>
/// Reads a channel's log for members that are behind. Those at about the same place share one read and its frames, so that hundreds that come
/// back within seconds cost little more than one. Thread-safe.
/// </summary>
/// <param name="channel">The channel.</param>
/// <param name="eventLog">The engine.</param>
/// <param name="time">The clock.</param>
internal sealed class EventPages(Channel channel, IEventLog eventLog, TimeProvider time) : IDisposable
{
    private const int PageSize = 500;

    /// <summary>What kept pages weigh at most, by their payloads.</summary>
    private const long MaximumBytes = 4 * 1024 * 1024;

    /// <summary>How long pages are kept after the last one was read.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<(Position Start, Task<EventPage> Reading)> _kept = [];
    private ITimer? _timer;

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

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
        }
    }

    private Task<EventPage>? Find(Position start)
    {
        lock (_lock)
        {
            return _kept.FindLast(page => page.Start == start && !page.Reading.IsFaulted).Reading;
        }
    }

    private Task<EventPage> Begin(Position start)
    {
        lock (_lock)
        {
            if (_kept.Find(page => page.Start == start && !page.Reading.IsCompleted).Reading is { } underway)
            {
                return underway;
            }

            _kept.RemoveAll(page => page.Reading.IsFaulted);
            while (_kept.Sum(page => page.Reading.IsCompletedSuccessfully ? page.Reading.Result.Bytes : 0) > MaximumBytes)
            {
                _kept.RemoveAt(0);
            }

            var reading = ReadPageAsync(start);
            _kept.Add((start, reading));
            _timer ??= time.CreateTimer(_ => Clear(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Rest, Timeout.InfiniteTimeSpan);
            return reading;
        }
    }

    private void Clear()
    {
        lock (_lock)
        {
            _kept.Clear();
        }
    }

    private async Task<EventPage> ReadPageAsync(Position after)
    {
        var page = await eventLog.ReadAsync(channel.Log, after.Sequence, PageSize);
        return new EventPage(page?.Head.Position, [.. (page?.Events ?? []).Select(next => channel.Enter(next, after.Epoch))]);
    }
}
