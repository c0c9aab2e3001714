using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Replicas;

/// <summary>Which sessions a list has.</summary>
/// <param name="Status">Their status.</param>
/// <param name="Properties">All must match.</param>
internal sealed record SessionFilter(SessionStatus Status, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>Newest first, as the server lists them.</summary>
    public static Comparison<Session> ByAge { get; } = static (one, other) =>
        other.CreatedAt.CompareTo(one.CreatedAt) is not 0 and var order ? order : string.CompareOrdinal(other.SessionId, one.SessionId);

    public bool Matches(Session session) => session.Status == Status && HasAll(session.Properties);

    /// <summary>Whether an event may bring a session into a list that does not have it, though the whole of it is not told: so it is where others watch for less.</summary>
    public bool CanShow(SessionEvent next) => Status == SessionStatus.Closed
        ? next is SessionClosed
        : next is SessionPropertiesUpdated { Session.Properties: var properties } && Properties.Count > 0 && HasAll(properties);

    /// <summary>Whether an event may have taken the right to read a session from the caller, who by himself or by a group may be the one of whom it tells.</summary>
    public static bool CanHide(Session before, SessionEvent next) =>
        next is SessionParticipantRemoved
        || (next is SessionParticipantAdded { Participant: var added } && before.Participants.Any(one => one.IsSameAs(added) && one.Role != added.Role));

    /// <summary>Whether two sessions are the same in all that they have.</summary>
    public static bool AreSame(Session one, Session other) =>
        other with { Participants = one.Participants, Properties = one.Properties } == one
        && one.Participants.SequenceEqual(other.Participants)
        && one.Properties.Count == other.Properties.Count && Has(other.Properties, one.Properties);

    private bool HasAll(IReadOnlyDictionary<string, string> properties) => Has(properties, Properties);

    private static bool Has(IReadOnlyDictionary<string, string> all, IReadOnlyDictionary<string, string> wanted) =>
        wanted.All(property => all.TryGetValue(property.Key, out var value) && value == property.Value);
}
