using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes.Following;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>Changes of sessions in one line, by Bob unless said otherwise.</summary>
internal static class SessionSteps
{
    public static Task<Result<Ack>> RenameAsync(
        this ServerParts server, SessionKey key, string name, Caller? caller = null, (string Id, long Number)? writer = null, long? ifSequence = null) =>
        server.PatchSessionAsync(key, new SessionPatch { Name = name }, caller, writer, ifSequence);

    public static Task<Result<Ack>> PatchSessionAsync(
        this ServerParts server, SessionKey key, SessionPatch patch, Caller? caller = null, (string Id, long Number)? writer = null,
        long? ifSequence = null) =>
        server.Service.PatchAsync(caller ?? ServerParts.Bob, new PatchSessionRequest
        {
            ApplicationId = key.ApplicationId,
            SessionId = key.SessionId,
            Patch = patch,
            WriterId = writer?.Id,
            WriterSequence = writer?.Number,
            IfSequence = ifSequence,
        }, EventSource.Hub, origin: null);

    public static Task<Result<Ack>> AddAsync(
        this ServerParts server, SessionKey key, Participant participant, Caller? caller = null, (string Id, long Number)? writer = null,
        long? ifSequence = null) =>
        server.Service.AddParticipantAsync(caller ?? ServerParts.Bob, About(key, participant, writer, ifSequence), EventSource.Hub, origin: null);

    public static Task<Result<Ack>> RemoveAsync(
        this ServerParts server, SessionKey key, Participant participant, Caller? caller = null, (string Id, long Number)? writer = null,
        long? ifSequence = null) =>
        server.Service.RemoveParticipantAsync(caller ?? ServerParts.Bob, About(key, participant, writer, ifSequence), EventSource.Hub, origin: null);

    public static Task<Result<Ack>> RingAsync(
        this ServerParts server, SessionKey key, string name = "bell", (string Id, long Number)? writer = null, long? ifSequence = null) =>
        server.Service.CreateEventAsync(ServerParts.Bob, new CreateSessionEventRequest
        {
            ApplicationId = key.ApplicationId,
            SessionId = key.SessionId,
            Name = name,
            WriterId = writer?.Id,
            WriterSequence = writer?.Number,
            IfSequence = ifSequence,
        }, EventSource.Hub, origin: null);

    public static Task<Result<Ack>> CloseAsync(this ServerParts server, SessionKey key, Caller? caller = null, (string Id, long Number)? writer = null) =>
        server.Service.CloseAsync(caller ?? ServerParts.Bob, Of(key) with { WriterId = writer?.Id, WriterSequence = writer?.Number }, EventSource.Hub, origin: null);

    /// <summary>Deletes a session, by Alice unless said otherwise: Contributors may not.</summary>
    public static Task<Result<Empty>> DeleteAsync(this ServerParts server, SessionKey key, Caller? caller = null) =>
        server.Service.DeleteAsync(caller ?? ServerParts.Alice, Of(key), EventSource.Hub);

    public static async Task<Session> GetAsync(this ServerParts server, SessionKey key) =>
        (await server.Reader.GetAsync(ServerParts.Alice, key)).Value!;

    /// <summary>All marks that are set.</summary>
    public static async Task<IReadOnlyList<Mark<SessionKey>>> MarksAsync(this ServerParts server)
    {
        var marks = new List<Mark<SessionKey>>();
        await foreach (var mark in server.Follower.Marks.ReadAsync())
        {
            marks.Add(mark);
        }

        return marks;
    }

    private static ChangeSessionRequest Of(SessionKey key) => new() { ApplicationId = key.ApplicationId, SessionId = key.SessionId };

    private static SessionParticipantRequest About(
        SessionKey key, Participant participant, (string Id, long Number)? writer, long? ifSequence) => new()
    {
        ApplicationId = key.ApplicationId,
        SessionId = key.SessionId,
        Participant = participant,
        WriterId = writer?.Id,
        WriterSequence = writer?.Number,
        IfSequence = ifSequence,
    };
}
