using System.Text;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>Values for tests.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static JsonTree Tree(string json) => JsonTree.Parse(Encoding.UTF8.GetBytes(json));

    public static PatchSessionDataRequest Patch(SessionKey key, string patch, (string Id, long Number)? writer = null) => new()
    {
        ApplicationId = key.ApplicationId,
        SessionId = key.SessionId,
        Data = Tree(patch),
        WriterId = writer?.Id,
        WriterSequence = writer?.Number,
    };

    public static Session Session(params Participant[] participants) => new()
    {
        ApplicationId = "demo",
        SessionId = "board",
        Version = 1,
        IsDraft = true,
        Name = "Board",
        Participants = participants,
        Properties = new Dictionary<string, string> { ["room"] = "4711" },
        CreatedBy = "bob",
        CreatedAt = Noon,
        ModifiedBy = "bob",
        ModifiedAt = Noon,
    };

    public static SessionCreated Created(params Participant[] participants) =>
        new() { UserId = "bob", Timestamp = Noon, Version = 1, Session = Session(participants) };

    public static SessionDataUpdated Patched(string patch) =>
        new() { UserId = "bob", Timestamp = Noon, Version = 1, Data = Tree(patch) };

    public static SessionEventCreated Custom(string name, string? data = null) =>
        new() { UserId = "bob", Timestamp = Noon, Version = 1, Name = name, Data = data is null ? null : Tree(data) };

    public static SessionClosed Closed(string user = "bob") =>
        new() { UserId = user, Timestamp = Noon, Version = 1, Session = new SessionStatusChange(SessionStatus.Closed) };

    public static SessionUpdated Renamed(string name) =>
        new() { UserId = "bob", Timestamp = Noon, Version = 1, Session = new SessionTextChange(name, Description: null) };

    public static SessionPropertiesUpdated Filed(params (string Name, string Value)[] properties) =>
        new() { UserId = "bob", Timestamp = Noon, Version = 1, Session = new(properties.ToDictionary(pair => pair.Name, pair => pair.Value)) };

    public static SessionParticipantAdded Added(Participant participant) =>
        new() { UserId = "bob", Timestamp = Noon, Version = 1, Participant = participant };

    public static SessionParticipantRemoved Removed(Participant participant) =>
        new() { UserId = "bob", Timestamp = Noon, Version = 1, Participant = participant };

    public static SessionDeleted Deleted() => new() { UserId = "bob", Timestamp = Noon, Version = 1 };

    /// <summary>An event on its way into a log.</summary>
    public static LogAppend Append(SessionEvent next) =>
        new() { Events = [new NewEvent(Guid.NewGuid(), Noon, SessionEventJson.Store(next), SessionFold.ChangesRights(next))] };

    /// <summary>An event as the log holds it.</summary>
    public static LogEvent Stored(long sequence, SessionEvent next) =>
        new(sequence, new Guid((int)sequence, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1), Noon.AddSeconds(sequence), SessionEventJson.Store(next));
}
