using System.Text.Json.Nodes;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions.Commands;

namespace RealtimeSessions.Server.Sessions;

/// <summary>One change on its way through a lane.</summary>
internal sealed class LaneEntry(SessionCommand command)
{
    private readonly TaskCompletionSource<Result<Ack>> _told = new();
    private Result<Ack>? _answer;
    private bool _changesRights;
    private bool _isExpected;
    private bool _isNotMade;
    private bool _isJudgedByLatest;
    private Position _judgedAt;

    /// <summary>The answer, when the caller is told.</summary>
    public Task<Result<Ack>> Answered => _told.Task;

    /// <summary>Whether there is an answer, told or not.</summary>
    public bool IsAnswered => _answer is not null;

    /// <summary>Why the change is refused, once it was decided and if the log knows nothing else; null if it is not.</summary>
    public Error? Refusal { get; private set; }

    /// <summary>What is to be appended, once it was decided; null if nothing is.</summary>
    public LogAppend? Append { get; private set; }

    /// <summary>Whether what is to be appended changes the session itself, so that the catalog and the feed must follow.</summary>
    public bool ChangesInfo { get; private set; }

    /// <summary>Whether what comes after this change must be judged by what has become of it.</summary>
    public bool EndsGroup => Append?.ExpectedSequence is not null || _changesRights;

    /// <summary>What the payloads to be appended weigh.</summary>
    public int Bytes { get; private set; }

    /// <summary>Decides the change by the present state.</summary>
    /// <returns>False if it must wait for the state to hold everything that was appended.</returns>
    public bool TryDecide(CommandContext context, ReplicaState<SessionState>? current)
    {
        var decision = command.Decide(context);
        if (ReferenceEquals(decision, Decision.Wait))
        {
            return false;
        }

        (Refusal, _isNotMade, _judgedAt) = (decision.Error, decision.IsNotMade, context.Position);
        (Append, Bytes, ChangesInfo, _changesRights) = (null, 0, false, false);
        if (decision.Events.Count > 0)
        {
            var version = decision.Events[0] is SessionCreated created ? created.Session.Version : current!.State.Info.Version;
            Append = new LogAppend
            {
                Events = Take(decision.Events, version, context.Now),
                MustBeNew = decision.MakesSession,
                AllowSealed = decision.IsForClosedToo,
                ExpectedSequence = decision.OnlyAt,
                ExpectedGuard = decision.MakesSession ? null : current!.State.RightsSequence,
                Writer = command.Writer,
                Seal = decision.Seals,
            };
        }

        return true;
    }

    /// <summary>Tells the origin that its events are coming.</summary>
    public void Expect()
    {
        _isExpected = true;
        foreach (var next in Append!.Events)
        {
            command.Origin?.Expect(next.EventId);
        }
    }

    /// <summary>Tells the origin that no Ack will come for its events.</summary>
    public void Forget()
    {
        if (!_isExpected)
        {
            return;
        }

        _isExpected = false;
        foreach (var next in Append!.Events)
        {
            command.Origin?.Forget(next.EventId);
        }
    }

    /// <summary>Notes the answer, unless there is one.</summary>
    public bool TryAnswer(Result<Ack> answer)
    {
        var isFirst = _answer is null;
        _answer ??= answer;
        return isFirst;
    }

    /// <summary>Tells the caller the answer, who goes on here.</summary>
    public void Tell() => _told.TrySetResult(_answer!.Value);

    /// <summary>Whether the log has moved in a way that the change must be judged by. What is not made is judged again once at most.</summary>
    public bool IsToBeJudgedAgain(AppendResult? result)
    {
        if (result?.Outcome != AppendOutcome.SequenceChanged)
        {
            return result?.Outcome == AppendOutcome.GuardChanged;
        }

        var isFinal = _isNotMade && (_isJudgedByLatest || _judgedAt == new Position(result.Epoch, result.Sequence));
        _isJudgedByLatest = true;
        return !isFinal;
    }

    /// <summary>What the log's answer means to the caller; null: it is not known what became of the append.</summary>
    public Result<Ack> AnswerTo(AppendResult? result) => result?.Outcome switch
    {
        AppendOutcome.Appended => new Ack(new Position(result.Epoch, result.Sequence), Append!.Events.Count)
        {
            EventId = Append.Events[^1].EventId,
            CreatedAt = Append.Events[^1].CreatedAt,
        },
        AppendOutcome.Duplicate => new Ack(new Position(result.Epoch, result.Sequence), Count: 0)
        {
            EventId = result.EventId,
            CreatedAt = result.CreatedAt,
            Duplicate = true,
        },
        AppendOutcome.WriterGap => new Error(ErrorCode.WriterGap, "An earlier change of this writer is missing.")
        {
            Details = new JsonObject { ["expected"] = result.NextNumber },
        },
        AppendOutcome.AlreadyExists => new Error(ErrorCode.Conflict, "There is a session of this id."),
        AppendOutcome.Deleted when Append!.MustBeNew => new Error(ErrorCode.Conflict, "There was a session of this id; it was deleted."),
        AppendOutcome.NotFound or AppendOutcome.Deleted => SessionPolicy.SessionNotFound,
        AppendOutcome.Sealed => SessionPolicy.SessionClosed,
        AppendOutcome.SequenceChanged => Refusal ?? (Result<Ack>)new Ack(new Position(result.Epoch, result.Sequence), Count: 0),
        null => new Error(ErrorCode.Unavailable, "The storage did not answer; the change may have been made."),
        _ => throw new InvalidOperationException($"An append had the outcome {result!.Outcome}."),
    };

    /// <summary>The events as the log takes them, and what there is to know of them.</summary>
    private NewEvent[] Take(IReadOnlyList<SessionEvent> events, int version, DateTimeOffset now)
    {
        var taken = new NewEvent[events.Count];
        for (var i = 0; i < taken.Length; i++)
        {
            var next = command.Stamp(events[i], version, now);
            var changesRights = SessionFold.ChangesRights(next);
            taken[i] = new NewEvent(EventIds.Next(now), now, SessionEventJson.Store(next), changesRights);
            Bytes += taken[i].Payload.Length;
            _changesRights |= changesRights;
            ChangesInfo |= !_isNotMade && SessionFold.ChangesInfo(next);
        }

        return taken;
    }
}
