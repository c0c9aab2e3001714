using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Sessions;

/// <summary>A change that somebody asks for.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Request">The clock and writer that came with it.</param>
/// <param name="Source">What it came through.</param>
/// <param name="Origin">Whose own events are to be left out; null: nobody's.</param>
internal abstract record SessionCommand(Caller Caller, IChangeRequest Request, EventSource Source, IEventOrigin? Origin)
{
    /// <summary>Judges the change by the state as it is. Called again when rights have changed before it could be appended.</summary>
    public abstract Decision Decide(CommandContext context);

    /// <summary>An event with who made it, when, and under which number.</summary>
    /// <param name="next">The event.</param>
    /// <param name="version">The session's version.</param>
    /// <param name="now">The server's clock.</param>
    public SessionEvent Stamp(SessionEvent next, int version, DateTimeOffset now) => next with
    {
        UserId = Caller.UserId,
        Source = Source,
        Timestamp = Request.Timestamp ?? now,
        Version = version,
        WriterId = Request.WriterId,
        WriterSequence = Request.WriterSequence,
    };

    /// <summary>The writer's number in the session's log; writers of different users never meet.</summary>
    public WriterNumber? Writer =>
        Request is { WriterId: { } id, WriterSequence: { } number } ? new WriterNumber($"{id}/{Caller.UserId}", number) : null;
}

/// <summary>What a change is judged by.</summary>
/// <param name="Application">The application, or null if there is none.</param>
/// <param name="State">The session's state, or null if there is none.</param>
/// <param name="Waiting">The bytes of appended payloads that the state does not hold yet.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Limits">The limits.</param>
internal sealed record CommandContext(
    ApplicationModel? Application, SessionState? State, long Waiting, DateTimeOffset Now, LimitsOptions Limits);

/// <summary>What is to be done: an error, events, or (neither) nothing.</summary>
internal sealed record Decision
{
    /// <summary>Nothing is to be done.</summary>
    public static Decision Nothing { get; } = new();

    /// <summary>Cannot be decided before the state holds everything that was appended.</summary>
    public static Decision Wait { get; } = new();

    /// <summary>Why not, or null.</summary>
    public Error? Error { get; private init; }

    /// <summary>The events to append.</summary>
    public IReadOnlyList<SessionEvent> Events { get; private init; } = [];

    /// <summary>The events make the session.</summary>
    public bool MakesSession { get; init; }

    /// <summary>The events end the session.</summary>
    public bool Seals { get; init; }

    public static Decision Refuse(Error error) => new() { Error = error };

    public static Decision Append(params IReadOnlyList<SessionEvent> events) => new() { Events = events };
}
