using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions;

/// <summary>
/// A change of a session as its application's feed holds it: with all that is needed to judge whom it concerns, so that a watcher costs no
/// look at the session. In the feed's log it has the id and the time of the session's event.
/// </summary>
/// <param name="Event">The event as every reader gets it (<see cref="SessionEventJson.Send"/>).</param>
/// <param name="Session">The session after it.</param>
internal sealed record FeedEvent(RawJson Event, Session Session)
{
    /// <summary>The entry that the participant of the event had before; null: none, or the event is not about a participant.</summary>
    public Participant? FormerParticipant { get; init; }

    /// <summary>The properties before the event; null: the event does not change them.</summary>
    public IReadOnlyDictionary<string, string>? FormerProperties { get; init; }

    /// <summary>The name of an application's feed.</summary>
    public static LogId Log(string applicationId) => new($"feed/{applicationId}");

    /// <summary>What stands in the feed where it begins: a log begins with an event, and this one tells of nothing.</summary>
    public static ReadOnlyMemory<byte> Opening { get; } = "null"u8.ToArray();

    /// <summary>What stands in the feed where roles have changed, so that nothing before it says who may see what after it.</summary>
    public static ReadOnlyMemory<byte> RoleChange { get; } = "true"u8.ToArray();

    /// <summary>Whether roles have changed here.</summary>
    public static bool IsRoleChange(LogEvent next) => next.Payload.Span.SequenceEqual(RoleChange.Span);

    /// <summary>The change of a session that an event of a feed holds; null: it holds none.</summary>
    public static FeedEvent? Read(LogEvent next) =>
        IsRoleChange(next) ? null : JsonSerializer.Deserialize(next.Payload.Span, FeedJsonContext.Default.FeedEvent);

    public byte[] Store() => JsonSerializer.SerializeToUtf8Bytes(this, FeedJsonContext.Default.FeedEvent);

    /// <summary>The change that the event is.</summary>
    public SessionEvent Change() => JsonSerializer.Deserialize(Event.Utf8.Span, ProtocolJsonContext.Default.SessionEvent)!;

    /// <summary>The session before the event; null: it was not there.</summary>
    public Session? Before() => Change() switch
    {
        SessionCreated => null,
        SessionParticipantAdded { Participant: var added } => Session with { Participants = Without(added) },
        SessionParticipantRemoved { Participant: var removed } => Session with { Participants = Without(removed) },
        _ => Session with { Properties = FormerProperties ?? Session.Properties },
    };

    private IReadOnlyList<Participant> Without(Participant changed) =>
    [
        .. Session.Participants.Where(participant => !participant.IsSameAs(changed)),
        .. FormerParticipant is { } former ? new[] { former } : [],
    ];
}

/// <summary>The form of a feed's events.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(FeedEvent))]
internal sealed partial class FeedJsonContext : JsonSerializerContext;
