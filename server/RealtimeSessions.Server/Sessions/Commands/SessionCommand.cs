using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>A change that somebody asks for.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Request">The clock and writer that came with it.</param>
/// <param name="Source">What it came through.</param>
/// <param name="Origin">Whose own events are to be left out; null: nobody's.</param>
internal abstract record SessionCommand(Caller Caller, IChangeRequest Request, EventSource Source, IEventOrigin? Origin)
{
    /// <summary>Judges the change by the state as it is. Called again when the log has moved in a way that matters before it could be appended.</summary>
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
/// <param name="Position">Where in the log the state is.</param>
/// <param name="Waiting">The bytes of appended payloads that the state does not hold yet.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Limits">The limits.</param>
internal sealed record CommandContext(
    ApplicationModel? Application, SessionState? State, Position Position, long Waiting, DateTimeOffset Now, LimitsOptions Limits);
