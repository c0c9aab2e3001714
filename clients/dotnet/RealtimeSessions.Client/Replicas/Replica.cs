using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>The replica of a session: its log folded, the own patches on top of its data, and what of them can be taken back.</summary>
internal sealed class Replica : LogReplica<SessionEvent, Change>
{
    private readonly SessionKey _key;
    private readonly View _view;
    private readonly UndoHistory _undo;

    /// <param name="key">The session.</param>
    /// <param name="limits">How much is held.</param>
    /// <param name="drawWriterId">Draws a new writer's id.</param>
    public Replica(SessionKey key, ReplicaLimits limits, Func<string> drawWriterId)
        : base(limits, drawWriterId)
    {
        _key = key;
        _view = new View(() => Confirmed!.Data, Changes.All);
        _undo = new UndoHistory(limits.UndoSteps, _view.Before);
    }

    /// <summary>The fold of the log; null before the first reset.</summary>
    public Confirmed? Confirmed { get; private set; }

    public override Position? Position => Confirmed?.Position;

    /// <summary>The data as the application sees them.</summary>
    public JsonTree View => _view.Data;

    public bool CanUndo => _undo.CanUndo;

    /// <summary>The user as whom the session was joined.</summary>
    public string UserId { get; private set; } = "";

    protected override Guid? EventId => Confirmed?.EventId;

    /// <summary>The sequence of the event, or of the first of those it stands for.</summary>
    public static long FirstOf(SessionEvent next) => next is SessionDataUpdated { FromSequence: { } from } ? from : next.Sequence;

    /// <summary>The join is answered.</summary>
    /// <param name="recovered">Whether events follow; else a reset does.</param>
    /// <param name="userId">Who the caller is.</param>
    public void OnJoined(bool recovered, string userId)
    {
        if (!HasLeft)
        {
            UserId = userId;
            Accept(recovered);
        }
    }

    /// <summary>The state has come that replaces what there is.</summary>
    public void OnReset(SessionReset reset)
    {
        if (!HasLeft)
        {
            Confirmed = new Confirmed(reset.Session, reset.Data, reset.DataSequence, reset.Position, EventId: null);
            _undo.Clear();
            _view.Rebase();
            Restart(reset.Position);
        }
    }

    /// <summary>The application makes a change.</summary>
    /// <returns>Why not, or null.</returns>
    public Error? Make(Change change, bool canBeUndone = true)
    {
        if (!HasLeft && change.Patch is { IsObject: false })
        {
            return Error.InvalidArgument("$.data", "A patch must be an object.");
        }

        if (!HasLeft && change.Patch is { } nothing && nothing.Equals(JsonTree.Empty))
        {
            var ack = new Ack(Confirmed!.Position, Count: 0);
            change.TrySettle(ack);
            Outputs.Add(new ReplicaOutput.Settled<Change>(change, ack));
            return null;
        }

        if (Add(change) is { } refusal)
        {
            return refusal;
        }

        if (change.Patch is not null)
        {
            _view.Add(change);
            if (canBeUndone)
            {
                _undo.Add(change);
            }
        }

        return null;
    }

    /// <summary>Takes the latest own patch back of which something is left, by a change as any other.</summary>
    /// <param name="madeAt">When.</param>
    /// <returns>The change; null if there is nothing to take back; or why it cannot be made, and then it can be taken back later.</returns>
    public Result<Change?> Undo(DateTimeOffset madeAt)
    {
        if (HasLeft || _undo.Peek(View) is not { } patch)
        {
            return (Change?)null;
        }

        var change = new Change(name: null, patch, madeAt);
        if (Make(change, canBeUndone: false) is { } refusal)
        {
            return refusal;
        }

        _undo.Pop();
        return change;
    }

    protected override long SequenceOf(SessionEvent next) => next.Sequence;

    protected override long FirstSequenceOf(SessionEvent next) => FirstOf(next);

    protected override void Fold(SessionEvent next)
    {
        var before = Confirmed!;
        var own = next.UserId == UserId ? Changes.Find(next.WriterId, next.WriterSequence) : null;
        Confirmed = before.After(next);
        if (next is SessionDataUpdated update)
        {
            Slide(before.Data, update, own);
        }

        if (own is not null)
        {
            Changes.Complete(own, new Ack(Confirmed.Position, Count: 1) { EventId = next.EventId, CreatedAt = next.CreatedAt });
        }
    }

    protected override SessionEvent? AcknowledgedAt(Position next) => Changes.AcknowledgedAt(next)?.AsEvent(_key, UserId, Confirmed!.Session.Version);

    protected override void Forget(Change change)
    {
        _view.Rebase();
        _undo.Drop(change);
    }

    protected override void End()
    {
        if (Confirmed is not null)
        {
            _view.Keep();
        }
    }

    /// <summary>A patch, or a run of them, slides in beneath the own changes.</summary>
    /// <param name="before">The data before it.</param>
    /// <param name="update">The patch.</param>
    /// <param name="own">The own change that it is, or that the run ends with; null: none.</param>
    private void Slide(JsonTree before, SessionDataUpdated update, Change? own)
    {
        var isRun = update.FromSequence is not null;
        if (own is not null && !isRun)
        {
            _undo.Confirm(own, before);
        }
        else
        {
            _undo.Touch(before, update);
        }

        if (own is not null && isRun)
        {
            _undo.Drop(own);
        }

        // What was the first of the changes on top is now the last beneath them: nothing looks different.
        if (own is null || own != Changes.All[0] || isRun)
        {
            _view.Rebase();
        }
    }
}
