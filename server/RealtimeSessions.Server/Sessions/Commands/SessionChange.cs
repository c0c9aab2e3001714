using System.Text.Json.Nodes;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>
/// A change of a session that is there. Whether it is closed is decided by its log, after the writer's number: so a retry finds its answer.
/// </summary>
internal abstract record SessionChange(Caller Caller, ChangeSessionRequest Change, EventSource Source, IEventOrigin? Origin)
    : SessionCommand(Caller, Change, Source, Origin)
{
    /// <summary>What the change needs, as flags for participants.</summary>
    protected abstract Permissions Needs { get; }

    protected sealed override SessionDecision Decide(SessionContext context)
    {
        if (SessionPolicy.Refusal(context.Scene, context.State?.Existing, Caller, Needs) is { } refusal)
        {
            return SessionDecision.Refuse(refusal);
        }

        if (!IsConditional)
        {
            return DecideIn(context, context.State!);
        }

        // What waits to be folded may be just what the condition is about.
        return context.Waiting > 0 ? SessionDecision.Wait : Conditionally(context, context.State!);
    }

    protected abstract SessionDecision DecideIn(SessionContext context, SessionState state);

    /// <summary>Whether the change is made only under a condition on what it concerns.</summary>
    protected virtual bool IsConditional => Change.IfSequence is not null;

    /// <summary>The sequence of the last change of what this one concerns.</summary>
    protected virtual long LastChange(SessionContext context, SessionState state) => state.InfoSequence;

    /// <summary>Why the condition does not hold, or null.</summary>
    protected virtual Error? ConditionRefusal(SessionContext context, SessionState state) =>
        LastChange(context, state) > Change.IfSequence ? Changed(ErrorCode.Conflict, context) : null;

    protected static Error Changed(ErrorCode code, SessionContext context) => new(code, "It has changed meanwhile.")
    {
        Details = new JsonObject
        {
            ["position"] = new JsonObject { ["epoch"] = context.Position.Epoch, ["sequence"] = context.Position.Sequence },
        },
    };

    private SessionDecision Conditionally(SessionContext context, SessionState state)
    {
        var decision = DecideIn(context, state);
        if (ConditionRefusal(context, state) is { } changed)
        {
            return decision.Events.Count == 0 ? SessionDecision.Refuse(changed) : decision.NotMade(changed);
        }

        return decision.IsNotMade ? decision : decision with { OnlyAt = context.Position.Sequence };
    }
}
