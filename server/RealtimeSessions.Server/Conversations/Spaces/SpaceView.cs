namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>A space as its members see it.</summary>
/// <param name="Space">The space.</param>
/// <param name="Participants">Its members, by their numbers.</param>
internal sealed record SpaceView(Space Space, IReadOnlyList<SpaceParticipant> Participants);
