using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>Patches the session data.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Patch">The request.</param>
/// <param name="Source">What it came through.</param>
/// <param name="Origin">Whose own events are to be left out; null: nobody's.</param>
/// <param name="IfMatch">One of these must be where the data changed last, in the log's epoch; null: any place.</param>
internal sealed record PatchData(
    Caller Caller, PatchSessionDataRequest Patch, EventSource Source, IEventOrigin? Origin, IReadOnlyCollection<Position>? IfMatch = null)
    : SessionChange(Caller, Patch, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionData;

    protected override bool IsConditional => base.IsConditional || IfMatch is not null;

    protected override long LastChange(SessionContext context, SessionState state) => state.DataSequence;

    protected override Error? ConditionRefusal(SessionContext context, SessionState state) =>
        IfMatch?.Contains(context.Position with { Sequence = state.DataSequence }) == false
            ? Changed(ErrorCode.PreconditionFailed, context)
            : base.ConditionRefusal(context, state);

    protected override SessionDecision DecideIn(SessionContext context, SessionState state)
    {
        // What waits to be folded brings no such member.
        var patch = ReservedName.WithoutVainRemovals(Patch.Data, state.Data);
        if (patch.Equals(JsonTree.Empty))
        {
            return SessionDecision.Nothing;
        }

        var limit = context.Limits.MaximumDataBytes;
        var patched = SessionDecision.Append(new SessionDataUpdated { Data = patch });
        if (state.Data.Weight + context.Waiting + patch.Weight > limit)
        {
            // Too close to the limit for an estimate: the weight must be known exactly.
            if (context.Waiting > 0)
            {
                return SessionDecision.Wait;
            }

            if (MergePatch.Apply(state.Data, patch).Weight > limit)
            {
                var refusal = SessionPolicy.DataTooLarge(limit);
                return Writer is null ? SessionDecision.Refuse(refusal) : patched.NotMade(refusal);
            }
        }

        return patched;
    }
}
