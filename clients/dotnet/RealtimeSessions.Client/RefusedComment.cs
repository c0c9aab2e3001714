using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client;

/// <summary>An own comment that shows no longer as pending: it was not made, or (<see cref="ClientErrors.Uncertain"/>) that cannot be found out.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Priority">How important it was to be.</param>
/// <param name="Error">Why.</param>
public sealed record RefusedComment(string Content, CommentPriority Priority, Error Error);
