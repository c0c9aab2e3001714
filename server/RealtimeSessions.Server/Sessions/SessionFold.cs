using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Sessions;

/// <summary>How a session's state follows from its events.</summary>
internal sealed class SessionFold : IFold<SessionState>
{
    public static SessionFold Instance { get; } = new();

    public SessionState Apply(SessionState? state, LogEvent next) =>
        SessionEventJson.ReadPatch(next) is { } patch ? state! with { Data = MergePatch.Apply(state.Data, patch), DataSequence = next.Sequence }
        : SessionEventJson.IsCustom(next) ? state!
        : ApplyInfo(state, next);

    public bool EndsBatch(SessionState? before, SessionState after) => before?.RightsSequence != after.RightsSequence;

    public ReadOnlyMemory<byte> Serialize(SessionState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, SessionStateJsonContext.Default.SessionState);

    public SessionState Deserialize(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize(bytes.Span, SessionStateJsonContext.Default.SessionState)!;

    /// <summary>Whether an event changes who may do what in the session.</summary>
    public static bool ChangesRights(SessionEvent next) =>
        next is SessionCreated or SessionParticipantAdded or SessionParticipantRemoved or SessionDeleted;

    /// <summary>Whether an event changes the session itself, and not only its data: then the catalog and the application's feed follow.</summary>
    public static bool ChangesInfo(SessionEvent next) => next is not (SessionDataUpdated or SessionEventCreated);

    private static SessionState ApplyInfo(SessionState? state, LogEvent next) => SessionEventJson.Read(next) switch
    {
        SessionCreated created => new SessionState(created.Session, JsonTree.Empty, DataSequence: 0, RightsSequence: next.Sequence)
        {
            InfoSequence = next.Sequence,
            InfoChanges = 1,
        },
        var change => state! with
        {
            Info = state.Info.After(change, next.CreatedAt),
            RightsSequence = ChangesRights(change) ? next.Sequence : state.RightsSequence,
            InfoSequence = next.Sequence,
            InfoChanges = state.InfoChanges + 1,
            IsDeleted = change is SessionDeleted,
        },
    };
}

/// <summary>The form of a session's snapshot.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SessionState))]
internal sealed partial class SessionStateJsonContext : JsonSerializerContext;
