using System.Text.Json.Serialization;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Protocol;

/// <summary>
/// A change of a session, as every reader sees it. The first five members are the log's: they are absent in what is stored and
/// added when an event is sent.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "eventType")]
[JsonDerivedType(typeof(SessionCreated), "session_created")]
[JsonDerivedType(typeof(SessionUpdated), "session_updated")]
[JsonDerivedType(typeof(SessionPropertiesUpdated), "session_properties_updated")]
[JsonDerivedType(typeof(SessionDataUpdated), "session_data_updated")]
[JsonDerivedType(typeof(SessionParticipantAdded), "session_participant_added")]
[JsonDerivedType(typeof(SessionParticipantRemoved), "session_participant_removed")]
[JsonDerivedType(typeof(SessionEventCreated), "session_event_created")]
[JsonDerivedType(typeof(SessionClosed), "session_closed")]
[JsonDerivedType(typeof(SessionDeleted), "session_deleted")]
public abstract record SessionEvent
{
    /// <summary>The application.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public string ApplicationId { get; init; } = null!;

    /// <summary>The session.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public string SessionId { get; init; } = null!;

    /// <summary>Its place in the session's order: from 1, without gaps.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public long Sequence { get; init; }

    /// <summary>Its id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public Guid EventId { get; init; }

    /// <summary>When it happened, by the server's clock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it came through.</summary>
    [JsonPropertyOrder(-1)]
    public EventSource Source { get; init; }

    /// <summary>The user who made it; empty where the server itself did.</summary>
    [JsonPropertyOrder(-1)]
    public string UserId { get; init; } = null!;

    /// <summary>When it happened, by the client's clock; the server's where the client gave none.</summary>
    [JsonPropertyOrder(-1)]
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The session's version.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; }

    /// <summary>The writer's id, where one was given.</summary>
    [JsonPropertyOrder(-1)]
    public string? WriterId { get; init; }

    /// <summary>The writer's number, where one was given.</summary>
    [JsonPropertyOrder(-1)]
    public long? WriterSequence { get; init; }
}

/// <summary>What an event came through.</summary>
[JsonConverter(typeof(WireEnumConverter<EventSource>))]
public enum EventSource
{
    /// <summary>A hub call.</summary>
    [JsonStringEnumMemberName("hub")]
    Hub,

    /// <summary>A REST call.</summary>
    [JsonStringEnumMemberName("rest")]
    Rest,

    /// <summary>The server itself.</summary>
    [JsonStringEnumMemberName("system")]
    System,
}

/// <summary>The session was made. Always at sequence 1.</summary>
public sealed record SessionCreated : SessionEvent
{
    /// <summary>The session as it was made.</summary>
    public required Session Session { get; init; }
}

/// <summary>The session's name or description was changed.</summary>
public sealed record SessionUpdated : SessionEvent
{
    /// <summary>What changed.</summary>
    public required SessionTextChange Session { get; init; }
}

/// <summary>The part of a session that <see cref="SessionUpdated"/> changes; what is null stays as it was.</summary>
/// <param name="Name">The new name, or null.</param>
/// <param name="Description">The new description, or null.</param>
public sealed record SessionTextChange(string? Name, string? Description);

/// <summary>The session's properties were replaced.</summary>
public sealed record SessionPropertiesUpdated : SessionEvent
{
    /// <summary>What changed.</summary>
    public required SessionPropertiesChange Session { get; init; }
}

/// <summary>The part of a session that <see cref="SessionPropertiesUpdated"/> changes.</summary>
/// <param name="Properties">All of the properties.</param>
public sealed record SessionPropertiesChange(IReadOnlyDictionary<string, string> Properties);

/// <summary>The session's data was patched.</summary>
public sealed record SessionDataUpdated : SessionEvent
{
    /// <summary>The patch (RFC 7396), an object.</summary>
    public required JsonTree Data { get; init; }

    /// <summary>Where the event stands for a run of patches: the sequence of the first of them; its own is that of the last. Else null.</summary>
    public long? FromSequence { get; init; }

    /// <summary>Where the event stands for a run of patches: a patch to be applied before <see cref="Data"/>; null if none is needed.</summary>
    public JsonTree? Clear { get; init; }
}

/// <summary>A user or a group takes part in the session from now on, or with another role.</summary>
public sealed record SessionParticipantAdded : SessionEvent
{
    /// <summary>The participant as he stands in the session now.</summary>
    public required Participant Participant { get; init; }
}

/// <summary>A user or a group takes part no longer.</summary>
public sealed record SessionParticipantRemoved : SessionEvent
{
    /// <summary>Who, without a role.</summary>
    public required Participant Participant { get; init; }
}

/// <summary>A client made an event of its own.</summary>
public sealed record SessionEventCreated : SessionEvent
{
    /// <summary>The event's name, 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Any JSON; null where none was given.</summary>
    public JsonTree? Data { get; init; }
}

/// <summary>The session was closed. No event follows it, but for the removal of participants.</summary>
public sealed record SessionClosed : SessionEvent
{
    /// <summary>What changed.</summary>
    public required SessionStatusChange Session { get; init; }
}

/// <summary>The part of a session that closing it changes.</summary>
/// <param name="Status">The new status.</param>
public sealed record SessionStatusChange(SessionStatus Status);

/// <summary>The session was deleted. Watchers of the application are told; members of the session get <see cref="SessionLeft"/>.</summary>
public sealed record SessionDeleted : SessionEvent;
