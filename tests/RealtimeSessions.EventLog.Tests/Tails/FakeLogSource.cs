using RealtimeSessions.EventLog.Tails;
using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tests.Tails;

/// <summary>A log in memory that can do what an engine must never do: lose history, exchange events, be away.</summary>
internal sealed class FakeLogSource(string epoch) : ILogTailSource
{
    private readonly Lock _lock = new();
    private readonly List<LogEvent> _events = [];
    private int _failures;

    public static LogId Log { get; } = new("session/demo/fake");

    public string Epoch { get; private set; } = epoch;

    /// <summary>The epochs that tails wanted to be changed.</summary>
    public List<string> EpochChanges { get; } = [];

    public int Reads { get; private set; }

    /// <summary>How many of the next calls fail as an engine does that is away.</summary>
    public int Failures
    {
        get
        {
            lock (_lock)
            {
                return _failures;
            }
        }
        set
        {
            lock (_lock)
            {
                _failures = value;
            }
        }
    }

    /// <summary>Appends and answers what would be announced.</summary>
    public LogNotification Append(int count = 1, int payloadBytes = 10)
    {
        var previous = _events.Count == 0 ? Guid.Empty : _events[^1].EventId;
        var first = _events.Count + 1;
        for (var i = 0; i < count; i++)
        {
            _events.Add(LogEventText.Stored(_events.Count + 1, Some.Event(new byte[payloadBytes])));
        }

        return new LogNotification(Log, Epoch, previous, first, _events.Count, _events.GetRange(first - 1, count));
    }

    /// <summary>Loses the newest events, as a server does that was restored from an older copy.</summary>
    public void Lose(int count) => _events.RemoveRange(_events.Count - count, count);

    public Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reads++;
        FailIfAway();
        var head = new LogHead(new Position(Epoch, _events.Count), 1, 0, false);
        return Task.FromResult<LogPage?>(new LogPage(head, [.. _events.Where(e => e.Sequence > after).Take(limit)]));
    }

    public Task ChangeEpochAsync(LogId log, string expected)
    {
        FailIfAway();
        EpochChanges.Add(expected);
        Epoch = Epoch == expected ? "changed" : Epoch;
        return Task.CompletedTask;
    }

    private void FailIfAway()
    {
        lock (_lock)
        {
            if (_failures > 0)
            {
                _failures--;
                throw new EngineUnavailableException("away");
            }
        }
    }
}
