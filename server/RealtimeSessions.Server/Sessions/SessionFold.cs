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
        JsonSerializer.Deserialize(next.Payload.Span, ProtocolJsonContext.Default.SessionEvent) switch
        {
            SessionCreated created => new SessionState(created.Session, JsonTree.Empty, DataSequence: 0, RightsSequence: next.Sequence),
            SessionDataUpdated patched => state! with { Data = MergePatch.Apply(state.Data, patched.Data), DataSequence = next.Sequence },
            SessionEventCreated => state!,
            SessionClosed closed => state! with
            {
                Info = state.Info with { Status = closed.Session.Status, ModifiedBy = closed.UserId, ModifiedAt = next.CreatedAt },
            },
            var other => throw new InvalidOperationException($"A session's log holds an event of the type {other?.GetType().Name}."),
        };

    public ReadOnlyMemory<byte> Serialize(SessionState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, SessionStateJsonContext.Default.SessionState);

    public SessionState Deserialize(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize(bytes.Span, SessionStateJsonContext.Default.SessionState)!;
}

/// <summary>The form of a session's snapshot.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SessionState))]
internal sealed partial class SessionStateJsonContext : JsonSerializerContext;
