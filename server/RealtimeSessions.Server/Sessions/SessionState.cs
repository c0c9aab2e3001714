using System.Text.Json.Serialization;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Sessions;

/// <summary>The fold of a session's log.</summary>
/// <param name="Info">The session.</param>
/// <param name="Data">Its data, an object.</param>
/// <param name="DataSequence">The sequence of the event that changed the data last, 0 if none has.</param>
/// <param name="RightsSequence">The sequence of the event that changed rights last: the guard by which an append is judged.</param>
internal sealed record SessionState(Session Info, JsonTree Data, long DataSequence, long RightsSequence)
{
    /// <summary>The sequence of the event that changed the session itself last.</summary>
    public required long InfoSequence { get; init; }

    /// <summary>How many events have changed the session itself: the number under which the last of them goes into the application's feed.</summary>
    public required long InfoChanges { get; init; }

    /// <summary>True once the session was deleted: its log is about to be removed.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The session as callers see it: none once it was deleted.</summary>
    [JsonIgnore]
    public Session? Existing => IsDeleted ? null : Info;
}
