using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Directory;

/// <summary>What a user is in a space.</summary>
/// <param name="AsOf">Where in the space's log this is true; nothing older takes its place.</param>
/// <param name="IsMember">Whether he is in it; one who has left is remembered, so that nothing older brings him back.</param>
/// <param name="GroupIds">The space's groups that he is in.</param>
internal sealed record Membership(Position AsOf, bool IsMember, IReadOnlyList<long> GroupIds);
