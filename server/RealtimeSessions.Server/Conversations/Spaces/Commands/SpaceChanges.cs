namespace RealtimeSessions.Server.Conversations.Spaces.Commands;

/// <summary>Changes what a space says of itself; what is null stays.</summary>
internal sealed record UpdateSpace(long UserId, string? Name, string? Details) : OwnersCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context, SpaceState state)
    {
        var (name, details) = (Name == state.Info!.Name ? null : Name, Details == state.Info.Details ? null : Details);
        return name is null && details is null ? SpaceDecision.Nothing : SpaceDecision.Append(new SpaceUpdated(name, details));
    }
}

/// <summary>Deletes the space, and with it its groups and conversations.</summary>
internal sealed record DeleteSpace(long UserId) : OwnersCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context, SpaceState state) =>
        SpaceDecision.Append(new SpaceDeleted()) with { Seals = true };
}

/// <summary>Makes users members, or gives members another role.</summary>
/// <param name="UserId">Who asks for it.</param>
/// <param name="Participants">The users, who are in the directory, each once.</param>
internal sealed record AddParticipants(long UserId, IReadOnlyList<SpaceParticipant> Participants) : OwnersCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context, SpaceState state)
    {
        SpaceParticipant[] changed = [.. Participants.Where(one => !state.Members.TryGetValue(one.UserId, out var role) || role != one.Role)];
        if (changed.Length == 0)
        {
            return SpaceDecision.Nothing;
        }

        var after = state.Members.SetItems(changed.Select(one => KeyValuePair.Create(one.UserId, one.Role)));
        return after.Count > Math.Max(SpaceInvariants.MaximumMembers, state.Members.Count) ? SpaceDecision.Refuse(SpaceInvariants.TooManyMembers)
            : SpaceInvariants.HasOwner(after) ? SpaceDecision.Append(new ParticipantsAdded(changed))
            : SpaceDecision.Refuse(SpaceInvariants.NeedsOwner("$.participants[0].role"));
    }
}

/// <summary>Ends a membership: an owner anybody's, everybody his own.</summary>
/// <param name="UserId">Who asks for it.</param>
/// <param name="RemovedId">Whose.</param>
internal sealed record RemoveParticipant(long UserId, long RemovedId) : SpaceCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context)
    {
        var refusal = UserId == RemovedId ? SpacePolicy.ReadRefusal(context.State, UserId) : SpacePolicy.ChangeRefusal(context.State, UserId);
        return refusal is not null ? SpaceDecision.Refuse(refusal)
            : !context.State!.Members.ContainsKey(RemovedId) ? SpaceDecision.Refuse(SpaceInvariants.NoSuchMember)
            : SpaceInvariants.HasOwner(context.State.Members.Remove(RemovedId)) ? SpaceDecision.Append(new ParticipantRemoved(RemovedId))
            : SpaceDecision.Refuse(SpaceInvariants.NeedsOwner("$.user_id"));
    }
}
