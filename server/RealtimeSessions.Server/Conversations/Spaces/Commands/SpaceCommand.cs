global using SpaceContext = RealtimeSessions.Server.Lanes.CommandContext<RealtimeSessions.Server.Conversations.Spaces.SpaceState, RealtimeSessions.Protocol.Empty>;
global using SpaceDecision = RealtimeSessions.Server.Lanes.Decision<RealtimeSessions.Server.Conversations.Spaces.SpaceEvent>;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Conversations.Spaces.Commands;

/// <summary>A change of a space, its members or its groups, or conversations made in it.</summary>
/// <param name="UserId">Who asks for it.</param>
internal abstract record SpaceCommand(long UserId) : LogCommand<SpaceState, Empty, SpaceEvent>(Origin: null)
{
    public sealed override WriterNumber? Writer => null;

    protected override NewEvent Make(SpaceEvent next, SpaceContext context, SpaceDecision decision) =>
        new(EventIds.Next(context.Now), context.Now, SpaceFold.Store(next), next.ChangesRights);

    protected sealed override bool IsToBeFollowed(SpaceEvent next) => next.IsToBeFollowed;

    protected sealed override long GuardOf(SpaceState state) => state.RightsSequence;
}

/// <summary>Makes a space.</summary>
/// <param name="UserId">Who, and its owner.</param>
/// <param name="Space">The space; when is still to be said.</param>
/// <param name="Participants">Its members, the owner included.</param>
internal sealed record CreateSpace(long UserId, Space Space, IReadOnlyList<SpaceParticipant> Participants) : SpaceCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context) =>
        SpaceDecision.Append(new SpaceCreated(Space with { CreatedAt = context.Now, UpdatedAt = context.Now }, Participants)) with { MakesLog = true };
}

/// <summary>Opens the place of a user's conversations that are in no space.</summary>
internal sealed record OpenOwnPlace(long UserId) : SpaceCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context) => SpaceDecision.Append(new SpaceOpened()) with { MakesLog = true };
}

/// <summary>A change of a space for its owners.</summary>
internal abstract record OwnersCommand(long UserId) : SpaceCommand(UserId)
{
    protected sealed override SpaceDecision Decide(SpaceContext context) => SpacePolicy.ChangeRefusal(context.State, UserId) is { } refusal
        ? SpaceDecision.Refuse(refusal)
        : Decide(context, context.State!);

    protected abstract SpaceDecision Decide(SpaceContext context, SpaceState state);
}
