using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Protocol;

/// <summary>What a change has done.</summary>
/// <param name="Position">The position of the last event the call made; where it made none, the log's.</param>
/// <param name="Count">How many events the call made: 0 for a change of nothing and for a duplicate.</param>
public sealed record Ack(Position Position, int Count)
{
    /// <summary>The id of the last event made; null if none was.</summary>
    public Guid? EventId { get; init; }

    /// <summary>When the last event was made, by the server's clock; null if none was.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>True if the writer's number had been used: the change was made before, and the position is that of the writer's last change.</summary>
    public bool Duplicate { get; init; }
}

/// <summary>A session, and whether this call made it.</summary>
public sealed record CreatedSession : Session
{
    /// <summary>For readers of JSON.</summary>
    [JsonConstructor]
    public CreatedSession()
    {
    }

    /// <summary>A session, to say whether this call made it.</summary>
    [SetsRequiredMembers]
    public CreatedSession(Session session)
        : base(session)
    {
    }

    /// <summary>False if there was one already, and it is this one.</summary>
    [JsonPropertyOrder(1)]
    public bool Created { get; init; }
}

/// <summary>A page of sessions.</summary>
/// <param name="Sessions">The sessions, newest first.</param>
/// <param name="Cursor">Where the next page begins; null at the end.</param>
public sealed record SessionPage(IReadOnlyList<Session> Sessions, string? Cursor);

/// <summary>The session data.</summary>
/// <param name="Data">The data, an object.</param>
/// <param name="Position">The position it was read at.</param>
/// <param name="DataSequence">The sequence of the event that changed it last; 0 if none has.</param>
public sealed record SessionData(JsonTree Data, Position Position, long DataSequence);

/// <summary>A page of events.</summary>
/// <param name="Events">The events, in order, each as it was delivered.</param>
/// <param name="Position">The last event that was looked at: <c>after</c> of the next page. At the head when it is reached.</param>
/// <param name="FirstAvailable">The lowest sequence that has been kept.</param>
public sealed record SessionEventPage(IReadOnlyList<RawJson> Events, Position Position, long FirstAvailable);

/// <summary>The answer to a join.</summary>
/// <param name="Session">The session at the position.</param>
/// <param name="Position">Where the stream begins: of the state that follows, or the one resumed from.</param>
/// <param name="Recovered">True: the events after the position given follow. False: <c>SessionReset</c> follows.</param>
/// <param name="ConnectionId">The connection's id, as others see it in presence and signals.</param>
/// <param name="UserId">The caller's id, as it stands in his events.</param>
public sealed record JoinedSession(Session Session, Position Position, bool Recovered, string ConnectionId, string UserId);

/// <summary>The callback <c>SessionReset</c>: the state that replaces whatever a client holds.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Session">The session.</param>
/// <param name="Data">Its data.</param>
/// <param name="DataSequence">The sequence of the event that changed the data last.</param>
/// <param name="Position">The position of the state; events follow from here.</param>
public sealed record SessionReset(
    string ApplicationId, string SessionId, Session Session, JsonTree Data, long DataSequence, Position Position);

/// <summary>The callback <c>SessionLeft</c>: the connection is no longer in the session, and nothing of it follows.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Reason">Why: <c>deleted</c>, <c>access_revoked</c>, or <c>too_slow</c>, after which the connection is closed.</param>
public sealed record SessionLeft(string ApplicationId, string SessionId, string Reason);

/// <summary>The callback <c>SessionPresence</c>: who is in the session. It replaces whatever was known of that.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="SessionId">The session.</param>
/// <param name="People">An object: for each user's id an object, and in it for each of his connections' ids its state.</param>
public sealed record SessionPresence(string ApplicationId, string SessionId, JsonTree People);

/// <summary>The callback <c>SessionPresenceUpdated</c>: how that has changed.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="SessionId">The session.</param>
/// <param name="People">A merge patch (RFC 7396) of the people.</param>
public sealed record SessionPresenceUpdated(string ApplicationId, string SessionId, JsonTree People);

/// <summary>The callback <c>SessionSignal</c>: what another connection in the session has just sent. It is no event and stands in no log.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">Who sent it.</param>
/// <param name="ConnectionId">From which of his connections.</param>
/// <param name="Name">The signal's name, 1 to 200 characters.</param>
/// <param name="Data">Any JSON; null where none was given.</param>
public sealed record SessionSignal(
    string ApplicationId, string SessionId, string UserId, string ConnectionId, string Name, JsonTree? Data);

/// <summary>Applications.</summary>
/// <param name="Applications">Those that the caller may read, newest first.</param>
public sealed record ApplicationList(IReadOnlyList<Application> Applications);

/// <summary>Roles of an application.</summary>
/// <param name="Roles">All of them: the default ones, then the others as they were made.</param>
public sealed record RoleList(IReadOnlyList<Role> Roles);

/// <summary>The answer to watching an application.</summary>
/// <param name="Position">Where in the application's feed the stream begins.</param>
/// <param name="Recovered">True: the events after the position given follow. False: <c>FeedReset</c> follows.</param>
public sealed record WatchedApplication(Position Position, bool Recovered);

/// <summary>The callback <c>FeedReset</c>: list the sessions anew; what changes from this position on follows.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Position">The position in the application's feed.</param>
public sealed record FeedReset(string ApplicationId, Position Position);

/// <summary>The callback <c>FeedPosition</c>: everything up to here has been sent, as far as it was for this watcher.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Position">The position in the application's feed.</param>
public sealed record FeedPosition(string ApplicationId, Position Position);

/// <summary>The callback <c>FeedLeft</c>: the connection no longer watches the application.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Reason">Why: <c>deleted</c>, or <c>too_slow</c>, after which the connection is closed.</param>
public sealed record FeedLeft(string ApplicationId, string Reason);

/// <summary>The answer of a method that has nothing to say.</summary>
public sealed record Empty
{
    /// <summary>The only one.</summary>
    public static Empty Value { get; } = new();
}

/// <summary>What a server is.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Protocol">The version of the protocol it speaks: 1.</param>
/// <param name="Limits">What a client may send at most.</param>
public sealed record ServerInfo(string Version, int Protocol, ServerLimits Limits);

/// <summary>What a client may send at most.</summary>
public sealed record ServerLimits
{
    /// <summary>A message to the hub, in bytes.</summary>
    public required int MessageBytes { get; init; }

    /// <summary>The body of a REST request, in bytes.</summary>
    public required int BodyBytes { get; init; }

    /// <summary>A session's data as JSON, in bytes.</summary>
    public required int DataBytes { get; init; }

    /// <summary>How deep objects and arrays may nest in <c>data</c>.</summary>
    public required int Depth { get; init; }

    /// <summary>Properties of a session.</summary>
    public required int Properties { get; init; }

    /// <summary>A property with its name, in bytes of UTF-8.</summary>
    public required int PropertyBytes { get; init; }

    /// <summary>A name, in characters.</summary>
    public required int NameLength { get; init; }

    /// <summary>A description, in characters.</summary>
    public required int DescriptionLength { get; init; }

    /// <summary>A comment, in characters.</summary>
    public required int CommentLength { get; init; }

    /// <summary>Participants of a session, or of a role.</summary>
    public required int Participants { get; init; }

    /// <summary>Roles of an application.</summary>
    public required int Roles { get; init; }

    /// <summary>Sessions that one connection may have joined.</summary>
    public required int JoinedSessions { get; init; }

    /// <summary>Applications that one connection may watch.</summary>
    public required int WatchedApplications { get; init; }

    /// <summary>How many conversations one connection may have joined.</summary>
    public required int JoinedConversations { get; init; }

    /// <summary>How many spaces one connection may watch.</summary>
    public required int WatchedSpaces { get; init; }

    /// <summary>Calls a second on one connection; 0: any number.</summary>
    public required int CallsPerSecond { get; init; }

    /// <summary>Calls at once after a rest.</summary>
    public required int CallBurst { get; init; }

    /// <summary>A connection's state in presence, as JSON, in bytes.</summary>
    public required int PresenceBytes { get; init; }

    /// <summary>The data of a signal, as JSON, in bytes.</summary>
    public required int SignalBytes { get; init; }

    /// <summary>Signals a second from one connection; 0: any number.</summary>
    public required int SignalsPerSecond { get; init; }

    /// <summary>Signals at once after a rest.</summary>
    public required int SignalBurst { get; init; }
}
