using System.Text.Json.Serialization;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Protocol.Requests;

/// <summary>A request about a session.</summary>
public record SessionRequest : ApplicationRequest
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }
}

/// <summary>What every request that changes something may carry.</summary>
public interface IChangeRequest
{
    /// <summary>The client's clock; goes into the event. Default: the server's clock.</summary>
    DateTimeOffset? Timestamp { get; }

    /// <summary>Makes a retry safe: <c>[A-Za-z0-9_-]{1,64}</c>, together with <see cref="WriterSequence"/>.</summary>
    string? WriterId { get; }

    /// <summary>The writer's number for this change, consecutive from 1 per session.</summary>
    long? WriterSequence { get; }
}

/// <summary>A request that changes a session.</summary>
public record ChangeSessionRequest : SessionRequest, IChangeRequest
{
    /// <summary>
    /// The change is made only if nothing that it concerns has changed after this sequence: for a patch of the data, the data; for a custom event,
    /// anything; otherwise, the session itself. Default: in any case.
    /// </summary>
    public long? IfSequence { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp { get; init; }

    /// <inheritdoc/>
    public string? WriterId { get; init; }

    /// <inheritdoc/>
    public long? WriterSequence { get; init; }
}

/// <summary>Makes a session.</summary>
public sealed record CreateSessionRequest : ApplicationRequest, IChangeRequest
{
    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>At most 4,000 characters. Default: empty.</summary>
    public string? Description { get; init; }

    /// <summary>At most 64 texts of 1 KiB, name included. Default: none.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    /// <summary>A version of the application. Default: the latest published one, else the latest draft.</summary>
    public int? SessionVersion { get; init; }

    /// <summary>Participants besides the creator, at most 1,000. Default: none.</summary>
    public IReadOnlyList<Participant>? Participants { get; init; }

    /// <summary>The first session data, an object. Default: empty.</summary>
    public JsonTree? Data { get; init; }

    /// <summary>The session's id, <c>[A-Za-z0-9_-]{1,64}</c>. Default: a new GUID.</summary>
    public string? SessionId { get; init; }

    /// <summary>What to do if the id is taken by a session that the caller may read. Default: fail.</summary>
    [JsonConverter(typeof(OptionalEnumConverter<IfExists>))]
    public IfExists IfExists { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp { get; init; }

    /// <inheritdoc/>
    public string? WriterId { get; init; }

    /// <inheritdoc/>
    public long? WriterSequence { get; init; }
}

/// <summary>Lists the sessions that the caller may read, newest first.</summary>
public sealed record ListSessionsRequest : ApplicationRequest
{
    /// <summary>Open (default) or closed.</summary>
    [JsonConverter(typeof(OptionalEnumConverter<SessionStatus>))]
    public SessionStatus Status { get; init; }

    /// <summary>All of these must match. Default: none asked for.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    /// <summary>At most this many, 1 to 1,000. Default 100.</summary>
    public int? Limit { get; init; }

    /// <summary>The cursor of the page before. Default: from the beginning.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Changes several members of a session at once; what is not given stays.</summary>
public sealed record PatchSessionRequest : ChangeSessionRequest
{
    /// <summary>What to change.</summary>
    public required SessionPatch Patch { get; init; }
}

/// <summary>What to change of a session.</summary>
public sealed record SessionPatch
{
    /// <summary>1 to 200 characters. Default: unchanged.</summary>
    public string? Name { get; init; }

    /// <summary>At most 4,000 characters. Default: unchanged.</summary>
    public string? Description { get; init; }

    /// <summary>All of the properties. Default: unchanged.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    /// <summary><c>closed</c>, or unchanged (default).</summary>
    public SessionStatus? Status { get; init; }
}

/// <summary>Changes a session's name.</summary>
public sealed record UpdateSessionNameRequest : ChangeSessionRequest
{
    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }
}

/// <summary>Changes a session's description.</summary>
public sealed record UpdateSessionDescriptionRequest : ChangeSessionRequest
{
    /// <summary>At most 4,000 characters. Default: empty.</summary>
    public string? Description { get; init; }
}

/// <summary>Replaces a session's properties.</summary>
public sealed record UpdateSessionPropertiesRequest : ChangeSessionRequest
{
    /// <summary>All of the properties: at most 64 texts of 1 KiB, name included. Default: none.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }
}

/// <summary>Adds a participant to a session, or takes one out.</summary>
public sealed record SessionParticipantRequest : ChangeSessionRequest
{
    /// <summary>The user or group. A role can only be given when adding.</summary>
    public required Participant Participant { get; init; }
}

/// <summary>Patches the session data.</summary>
public sealed record PatchSessionDataRequest : ChangeSessionRequest
{
    /// <summary>A merge patch (RFC 7396), an object.</summary>
    public required JsonTree Data { get; init; }
}

/// <summary>Reads the session data.</summary>
public sealed record GetSessionDataRequest : SessionRequest
{
    /// <summary>The data as they were after the event at this sequence. Default: as they are.</summary>
    public long? AtSequence { get; init; }
}

/// <summary>Makes an event of the client's own.</summary>
public sealed record CreateSessionEventRequest : ChangeSessionRequest
{
    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Any JSON. Default: none.</summary>
    public JsonTree? Data { get; init; }
}

/// <summary>Reads events from the log.</summary>
public sealed record ListSessionEventsRequest : SessionRequest
{
    /// <summary>Events with a higher sequence. Default 0: from the first one available.</summary>
    public long? After { get; init; }

    /// <summary>Only custom events with one of these names. Default: every event.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>At most this many, 1 to 1,000. Default 100.</summary>
    public int? Limit { get; init; }
}

/// <summary>Joins a session.</summary>
public sealed record JoinSessionRequest : SessionRequest
{
    /// <summary>Where the client was. Default: nowhere, and it gets the state.</summary>
    public ResumePosition? Since { get; init; }

    /// <summary>True: this connection also gets the events it makes itself. Default false: it gets their Acks.</summary>
    public bool? Echo { get; init; }

    /// <summary>
    /// Whether, where the connection falls behind, each uninterrupted run of data patches may come as one event, and the state in the place of
    /// whatever outweighs it. Default false.
    /// </summary>
    public bool? Conflate { get; init; }

    /// <summary>
    /// An object, at most 1 KiB: the connection is shown to others with this as its state, and told who is there. <c>true</c>: the same with the
    /// state <c>{}</c>. Default <c>false</c>: it is neither shown nor told.
    /// </summary>
    public JsonTree? Presence { get; init; }
}

/// <summary>Changes the state with which the connection is shown to others.</summary>
public sealed record UpdatePresenceRequest : SessionRequest
{
    /// <summary>A merge patch (RFC 7396) of the connection's own state, an object. The patched state weighs at most 1 KiB.</summary>
    public required JsonTree State { get; init; }
}

/// <summary>Sends something to the others who are in the session at the moment. It is not stored.</summary>
public sealed record SendSignalRequest : SessionRequest
{
    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Any JSON, at most 4 KiB. Default: none.</summary>
    public JsonTree? Data { get; init; }

    /// <summary>The id of the user whose connections get it. Default: every connection in the session.</summary>
    public string? To { get; init; }
}

/// <summary>The position a client resumes from.</summary>
/// <param name="Epoch">The log's epoch.</param>
/// <param name="Sequence">The sequence of the last event applied.</param>
public sealed record ResumePosition(string Epoch, long Sequence)
{
    /// <summary>The id of the event the client saw there; makes sure that it is the same history. Default: not checked.</summary>
    public Guid? EventId { get; init; }
}

/// <summary>What to do if there is one already.</summary>
[JsonConverter(typeof(WireEnumConverter<IfExists>))]
public enum IfExists
{
    /// <summary>Answer <c>conflict</c>.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,

    /// <summary>Return the one that exists.</summary>
    [JsonStringEnumMemberName("return")]
    Return,
}
