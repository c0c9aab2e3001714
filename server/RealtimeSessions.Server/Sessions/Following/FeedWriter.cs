using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>
/// Copies the changes of sessions into their application's feed, each once and in the log's order, whoever copies and however often: the
/// feed takes the n-th change of a session only after the one before it (a writer's number that is never forgotten).
/// </summary>
internal sealed partial class FeedWriter(IEventLog eventLog, FeedLog feeds, ILogger<FeedWriter> logger)
{
    private const int PageSize = 200;

    /// <summary>Appends what the feed lacks of a session.</summary>
    /// <param name="key">The session.</param>
    /// <param name="before">A state to start from; null: the oldest that can be rebuilt.</param>
    /// <param name="target">The state up to which it is to be.</param>
    public async Task WriteAsync(SessionKey key, ReplicaState<SessionState>? before, ReplicaState<SessionState> target)
    {
        var from = before?.Position.Epoch == target.Position.Epoch ? before : await BeginAsync(key, target.Position.Epoch);
        while (!await TryCopyAsync(key, from, target))
        {
            from = await BeginAsync(key, target.Position.Epoch);
        }
    }

    /// <summary>Begins with the oldest state that can be rebuilt.</summary>
    /// <returns>The state, of which the feed has all changes; null: that before the first event.</returns>
    private async Task<ReplicaState<SessionState>?> BeginAsync(SessionKey key, string epoch)
    {
        if (await eventLog.ReadAsync(key.Log, 0, 0) is not { Head.FirstAvailable: > 1 and var first }
            || await eventLog.ReadSnapshotAsync(key.Log, atMost: first - 1) is not { } oldest)
        {
            return null;
        }

        var state = SessionFold.Instance.Deserialize(oldest.State);
        await FillAsync(key, epoch, state);
        return new ReplicaState<SessionState>(oldest.Position, state);
    }

    /// <summary>Copies changes from a state on.</summary>
    /// <returns>False if the feed lacks changes before that state, or the log does not keep those after it any more.</returns>
    private async Task<bool> TryCopyAsync(SessionKey key, ReplicaState<SessionState>? from, ReplicaState<SessionState> target)
    {
        var (state, after, epoch) = (from?.State, from?.Position.Sequence ?? 0, target.Position.Epoch);
        while (after < target.Position.Sequence && await eventLog.ReadAsync(key.Log, after, PageSize) is { } page
            && page.Head.Position.Epoch == epoch && page.Head.Position.Sequence >= target.Position.Sequence)
        {
            if (page.Head.FirstAvailable > after + 1)
            {
                return false;
            }

            var appends = new List<LogAppend>();
            foreach (var next in page.Events.TakeWhile(next => next.Sequence <= target.Position.Sequence))
            {
                after = next.Sequence;
                if (SessionEventJson.ChangesInfo(next))
                {
                    var former = state;
                    state = SessionFold.Instance.Apply(state, next);
                    appends.Add(Append(key, epoch, state.InfoChanges, next.EventId, next.CreatedAt, Describe(key, next, former, state)));
                }
            }

            if (appends.Count > 0 && await feeds.AppendAsync(key.ApplicationId, appends) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Stands in for changes that retention removed before they could be copied: the session as it was after them.</summary>
    private async Task FillAsync(SessionKey key, string epoch, SessionState state)
    {
        // Whoever sees the session gets it whole.
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
        var payload = new FeedEvent(new RawJson(SessionEventJson.Store(stand)), state.Info);
        for (var number = state.InfoChanges; number <= state.InfoChanges; number++)
        {
            var append = Append(key, epoch, number, Guid.CreateVersion7(), stand.CreatedAt, payload);
            if (await feeds.AppendAsync(key.ApplicationId, [append]) is { } lacking)
            {
                LogMissing(logger, key, state.InfoChanges - lacking + 1);
                number = lacking - 1;
            }
        }
    }

    private static FeedEvent Describe(SessionKey key, LogEvent next, SessionState? former, SessionState state) =>
        new(new RawJson(SessionEventJson.Send(key, next)), state.Info)
        {
            FormerParticipant = SessionEventJson.Read(next) switch
            {
                SessionParticipantAdded { Participant: var added } => former!.Info.Participants.FirstOrDefault(added.IsSameAs),
                SessionParticipantRemoved { Participant: var removed } => former!.Info.Participants.FirstOrDefault(removed.IsSameAs),
                _ => null,
            },
            FormerProperties = former is not null && !ReferenceEquals(former.Info.Properties, state.Info.Properties) ? former.Info.Properties : null,
        };

    private static LogAppend Append(SessionKey key, string epoch, long number, Guid eventId, DateTimeOffset createdAt, FeedEvent payload) => new()
    {
        Events = [new NewEvent(eventId, createdAt, payload.Store())],
        Writer = new WriterNumber($"{epoch}/{key.SessionId}", number) { IsPermanent = true },
    };

    [LoggerMessage(3221, LogLevel.Warning, "The feed lacked {Count} changes of session {Session} that retention has removed; watchers get the session as it was after them.")]
    private static partial void LogMissing(ILogger logger, SessionKey session, long count);
}
