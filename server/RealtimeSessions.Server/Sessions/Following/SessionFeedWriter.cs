using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>Copies the changes of sessions into their application's feed.</summary>
internal sealed class SessionFeedWriter(IEventLog eventLog, FeedLog feeds, ILogger<SessionFeedWriter> logger)
    : FeedWriter<SessionKey, SessionState>(eventLog, SessionFold.Instance, logger)
{
    protected override LogId LogOf(SessionKey key) => key.Log;

    protected override string NameInFeed(SessionKey key) => key.SessionId;

    protected override bool Tells(LogEvent next) => SessionEventJson.ChangesInfo(next);

    protected override long NumberOf(SessionState state) => state.InfoChanges;

    protected override Task<long?> AppendAsync(SessionKey key, SessionState state, IReadOnlyList<LogAppend> appends) =>
        feeds.AppendAsync(key.ApplicationId, appends);

    protected override ReadOnlyMemory<byte> Describe(SessionKey key, LogEvent next, SessionState? before, SessionState after) =>
        new FeedEvent(new RawJson(SessionEventJson.Send(key, next)), after.Info)
        {
            FormerParticipant = SessionEventJson.Read(next) switch
            {
                SessionParticipantAdded { Participant: var added } => before!.Info.Participants.FirstOrDefault(added.IsSameAs),
                SessionParticipantRemoved { Participant: var removed } => before!.Info.Participants.FirstOrDefault(removed.IsSameAs),
                _ => null,
            },
            FormerProperties = before is not null && !ReferenceEquals(before.Info.Properties, after.Info.Properties) ? before.Info.Properties : null,
        }.Store();

    protected override (DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Payload) StandFor(SessionKey key, SessionState state)
    {
        var stand = new SessionCreated
        {
            ApplicationId = key.ApplicationId,
            SessionId = key.SessionId,
            Sequence = state.InfoSequence,
            EventId = Guid.CreateVersion7(state.Info.ModifiedAt),
            CreatedAt = state.Info.ModifiedAt,
            Timestamp = state.Info.ModifiedAt,
            UserId = state.Info.ModifiedBy,
            Source = EventSource.System,
            Version = state.Info.Version,
            Session = state.Info,
        };
        return (stand.CreatedAt, new FeedEvent(new RawJson(SessionEventJson.Store(stand)), state.Info).Store());
    }
}
