using System.Text.Json.Nodes;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes;

/// <summary>One change on its way through a lane.</summary>
internal sealed class LaneEntry<TState, TScene>(LogCommand<TState, TScene> command)
    where TState : class
{
    private readonly TaskCompletionSource<Result<Ack>> _told = new();
    private Result<Ack>? _answer;
    private bool _isExpected;
    private bool _isJudgedByLatest;
    private Position _judgedAt;

    /// <summary>The answer, when the caller is told.</summary>
    public Task<Result<Ack>> Answered => _told.Task;

    /// <summary>Whether there is an answer, told or not.</summary>
    public bool IsAnswered => _answer is not null;

    /// <summary>The change as it was judged last.</summary>
    public Draft Draft { get; private set; }

    /// <summary>Whether what comes after this change must be judged by what has become of it.</summary>
    public bool EndsGroup => Draft.Append?.ExpectedSequence is not null || Draft.ChangesRights;

    /// <summary>Judges the change by the present state.</summary>
    /// <returns>False if it must wait for the state to hold everything that was appended.</returns>
    public bool TryDraft(CommandContext<TState, TScene> context)
    {
        var draft = command.Draft(context);
        if (draft.MustWait)
        {
            return false;
        }

        (Draft, _judgedAt) = (draft, context.Position);
        return true;
    }

    /// <summary>Tells the origin that its events are coming.</summary>
    public void Expect()
    {
        _isExpected = true;
        foreach (var next in Draft.Append!.Events)
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
        foreach (var next in Draft.Append!.Events)
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

        var isFinal = Draft.IsNotMade && (_isJudgedByLatest || _judgedAt == new Position(result.Epoch, result.Sequence));
        _isJudgedByLatest = true;
        return !isFinal;
    }

    /// <summary>What the log's answer means to the caller; null: it is not known what became of the append.</summary>
    public Result<Ack> AnswerTo(AppendResult? result, LogErrors errors) => result?.Outcome switch
    {
        AppendOutcome.Appended => new Ack(new Position(result.Epoch, result.Sequence), Draft.Append!.Events.Count)
        {
            EventId = Draft.Append.Events[^1].EventId,
            CreatedAt = Draft.Append.Events[^1].CreatedAt,
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
        AppendOutcome.AlreadyExists => errors.Exists,
        AppendOutcome.Deleted when Draft.Append!.MustBeNew => errors.WasDeleted,
        AppendOutcome.NotFound or AppendOutcome.Deleted => errors.NotFound,
        AppendOutcome.Sealed => errors.Sealed,
        AppendOutcome.SequenceChanged => Draft.Refusal ?? (Result<Ack>)new Ack(new Position(result.Epoch, result.Sequence), Count: 0),
        null => new Error(ErrorCode.Unavailable, "The storage did not answer; the change may have been made."),
        _ => throw new InvalidOperationException($"An append had the outcome {result!.Outcome}."),
    };
}
