using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Presence.Peers;

namespace RealtimeSessions.Server.Delivery.Presence.Roster;

/// <summary>
/// What is known of another server's people in a session. Its messages may be lost, doubled or out of order: changes are applied in the order of
/// their versions, and where one is missing, all people are to be asked for. Not thread-safe.
/// </summary>
internal sealed class PeerPeople
{
    /// <summary>How many changes wait at most for one that is missing. What comes beyond is dropped.</summary>
    private const int MaximumAhead = 64;

    /// <summary>More parts than this are not believed.</summary>
    private const int MaximumParts = 10_000;

    private readonly Dictionary<long, JsonTree> _ahead = [];
    private long _version = -1;
    private long _latest = -1;
    private (long Version, JsonTree?[] Parts)? _collected;

    /// <summary>The people, as of the last version that is known whole.</summary>
    public JsonTree People { get; private set; } = JsonTree.Empty;

    /// <summary>When anything was heard of it last.</summary>
    public TimeSpan HeardAt { get; set; }

    /// <summary>When all people are to be asked for, if <see cref="IsBehind"/> still.</summary>
    public TimeSpan AskAt { get; set; }

    /// <summary>The number of the last signal from it.</summary>
    public long LastSignal { get; set; }

    /// <summary>Whether a version was heard of that is not known.</summary>
    public bool IsBehind => _latest > _version;

    public void Take(PeerAlive alive) => Note(alive.Version);

    public void Take(PeerChange change)
    {
        Note(change.Version);
        if (change.Version > _version && (_ahead.Count < MaximumAhead || change.Version == _version + 1))
        {
            _ahead[change.Version] = change.People;
            Catch();
        }
    }

    public void Take(PeerWhole whole)
    {
        Note(whole.Version);
        if (whole.Version <= _version || whole.Version < _collected?.Version
            || whole.Parts is < 1 or > MaximumParts || whole.Part < 0 || whole.Part >= whole.Parts)
        {
            return;
        }

        if (_collected?.Version != whole.Version || _collected.Value.Parts.Length != whole.Parts)
        {
            _collected = (whole.Version, new JsonTree?[whole.Parts]);
        }

        var parts = _collected.Value.Parts;
        parts[whole.Part] = whole.People;
        if (parts.All(part => part is not null))
        {
            (People, _version) = (parts.Aggregate(JsonTree.Empty, MergePatch.Apply!), whole.Version);
            Catch();
        }
    }

    private void Note(long version) => _latest = Math.Max(_latest, version);

    /// <summary>Applies the changes that follow what is known, and lets go of those that it holds already.</summary>
    private void Catch()
    {
        while (_version >= 0 && _ahead.Remove(_version + 1, out var patch))
        {
            (People, _version) = (MergePatch.Apply(People, patch), _version + 1);
        }

        foreach (var passed in _ahead.Keys.Where(version => version <= _version).ToArray())
        {
            _ahead.Remove(passed);
        }

        _collected = _collected?.Version > _version ? _collected : null;
    }
}
