using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>The fold of a session's log up to a position.</summary>
/// <param name="Session">The session.</param>
/// <param name="Data">Its data.</param>
/// <param name="DataSequence">The sequence of the event that changed the data last.</param>
/// <param name="Position">The position.</param>
/// <param name="EventId">The id of the event there, where it was seen.</param>
internal sealed record Confirmed(Session Session, JsonTree Data, long DataSequence, Position Position, Guid? EventId)
{
    /// <summary>The state after the event that is next, or after the run of events it stands for.</summary>
    public Confirmed After(SessionEvent next)
    {
        var position = Position with { Sequence = next.Sequence };
        return next is SessionDataUpdated update
            ? new(Session, MergePatch.Apply(update.Clear is null ? Data : MergePatch.Apply(Data, update.Clear), update.Data), next.Sequence, position, next.EventId)
            : new(Session.After(next, next.CreatedAt), Data, DataSequence, position, next.EventId);
    }
}
