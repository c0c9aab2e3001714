using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tests.Model;

/// <summary>What one log must be, as plainly as it can be said: lists in memory, one caller, no limits.</summary>
internal sealed class LogModel
{
    private readonly Dictionary<string, (long Number, LogEvent Last)> _writers = [];
    private LogSnapshot? _latest;
    private LogSnapshot? _base;

    /// <summary>Every event ever appended, also those that were trimmed.</summary>
    public List<LogEvent> History { get; } = [];

    public bool Exists { get; private set; }

    public bool IsDeleted { get; private set; }

    /// <summary>The random epoch, told by whoever learned it from the engine.</summary>
    public string Epoch { get; set; } = "";

    public long FirstAvailable { get; private set; } = 1;

    public long Guard { get; private set; }

    public bool IsSealed { get; private set; }

    public long Sequence => History.Count;

    public LogHead Head => new(new Position(Epoch, Sequence), FirstAvailable, Guard, IsSealed);

    public long NextNumber(string writer) => _writers.TryGetValue(writer, out var w) ? w.Number + 1 : 1;

    public AppendResult Append(LogAppend append)
    {
        var next = append.Writer is { } writer ? NextNumber(writer.Writer) : 0;
        if (IsDeleted)
        {
            return new AppendResult(AppendOutcome.Deleted, "", 0, 0);
        }

        if (!Exists && !append.MustBeNew)
        {
            return Refused(AppendOutcome.NotFound);
        }

        if (append.Writer is { } used && used.Number < next)
        {
            var last = _writers[used.Writer].Last;
            return new AppendResult(AppendOutcome.Duplicate, Epoch, last.Sequence, Guard)
            {
                EventId = last.EventId,
                CreatedAt = last.CreatedAt,
            };
        }

        if (Exists && append.MustBeNew)
        {
            return Refused(AppendOutcome.AlreadyExists);
        }

        if (IsSealed && !append.AllowSealed)
        {
            return Refused(AppendOutcome.Sealed);
        }

        if (append.ExpectedGuard is { } guard && guard != Guard)
        {
            return Refused(AppendOutcome.GuardChanged);
        }

        if (append.ExpectedSequence is { } sequence && sequence != Sequence)
        {
            return Refused(AppendOutcome.SequenceChanged);
        }

        if (append.Writer is { } early && early.Number > next)
        {
            return Refused(AppendOutcome.WriterGap) with { NextNumber = next };
        }

        return Enter(append);
    }

    /// <summary>The events a page holds, if bytes do not end it.</summary>
    public IEnumerable<LogEvent> Read(long after, int limit) =>
        History.Where(e => e.Sequence > after && e.Sequence >= FirstAvailable).Take(limit);

    public LogSnapshot? ReadSnapshot(long atMost) =>
        new[] { _latest, _base }.FirstOrDefault(s => s is not null && s.Position.Sequence <= atMost);

    public bool WriteSnapshot(LogSnapshot snapshot) => IsNewer(snapshot, _latest ?? _base) && (_latest = snapshot) == snapshot;

    public bool Trim(LogSnapshot edge)
    {
        if (!IsNewer(edge, _base))
        {
            return false;
        }

        (_base, FirstAvailable) = (edge, edge.Position.Sequence + 1);
        _latest = _latest?.Position.Sequence < edge.Position.Sequence ? null : _latest;
        return true;
    }

    public bool Delete()
    {
        var existed = Exists;
        (IsDeleted, Exists, _latest, _base) = (IsDeleted || existed, false, null, null);
        return existed;
    }

    /// <summary>Lost history was found: a new epoch, also for the snapshots. The latest may have been folded from what was lost, so an
    /// engine may drop it.</summary>
    public void ChangeEpoch(string epoch, LogSnapshot? remaining)
    {
        Epoch = epoch;
        _latest = _latest?.Position.Sequence == remaining?.Position.Sequence ? remaining : null;
        _base = _base is null ? null : _base with { Position = _base.Position with { Epoch = epoch } };
    }

    private bool IsNewer(LogSnapshot snapshot, LogSnapshot? than) =>
        Exists && snapshot.Position.Epoch == Epoch && snapshot.Position.Sequence <= Sequence
        && snapshot.Position.Sequence > (than?.Position.Sequence ?? 0);

    private AppendResult Enter(LogAppend append)
    {
        Exists = true;
        foreach (var e in append.Events)
        {
            History.Add(LogEventText.Stored(Sequence + 1, e));
            Guard = e.ChangesRights ? Sequence : Guard;
        }

        IsSealed |= append.Seal;
        if (append.Writer is { } writer)
        {
            _writers[writer.Writer] = (writer.Number, History[^1]);
        }

        return new AppendResult(AppendOutcome.Appended, Epoch, Sequence, Guard);
    }

    private AppendResult Refused(AppendOutcome outcome) => new(outcome, Exists ? Epoch : "", Sequence, Guard);
}
