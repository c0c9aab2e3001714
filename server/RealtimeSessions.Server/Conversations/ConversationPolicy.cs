using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Who sees a conversation, and who may do what in it. What somebody does not see does not exist for him.</summary>
internal static class ConversationPolicy
{
    public static Error NotFound { get; } = new(ErrorCode.ConversationNotFound, "There is no such conversation.");

    public static Error CommentNotFound { get; } = new(ErrorCode.CommentNotFound, "There is no such comment.");

    private static readonly Error NoEditor = new(ErrorCode.Forbidden, "This is for the editors of the conversation.");
    private static readonly Error NoCommenter = new(ErrorCode.Forbidden, "Whose collaboration is complete reads, and comments no more.");

    /// <summary>Whether a user sees a conversation: a member of its space who made it, or is listed, or is in a group that is, or for whom it is as for everyone.</summary>
    public static bool Sees(Audience audience, SpaceState space, long userId) =>
        space.HasMember(userId)
        && (audience.CreatorId == userId
            || audience.Stakeholder == Stakeholder.Everyone
            || audience.UserIds?.Contains(userId) == true
            || audience.GroupIds?.Any(id => IsInGroup(space, id, userId)) == true);

    /// <summary>What a user may do in a conversation; null: he does not see it.</summary>
    public static ConversationRole? RoleOf(Conversation? conversation, SpaceState? space, long userId)
    {
        if (conversation is null || space is null || !Sees(Audience.Of(conversation), space, userId))
        {
            return null;
        }

        if (conversation.CreatorId == userId || space.Members.GetValueOrDefault(userId) == SpaceRole.Owner)
        {
            return ConversationRole.Editor;
        }

        if (conversation.Participants.FirstOrDefault(entry => entry.UserId == userId) is { } own)
        {
            return own.Role ?? conversation.DefaultRole;
        }

        var groups = conversation.Groups.Where(entry => IsInGroup(space, entry.GroupId, userId)).Select(entry => entry.Role ?? conversation.DefaultRole).ToArray();
        return groups is [] ? conversation.DefaultRole : groups.Min();
    }

    /// <summary>Why somebody may not read, or null.</summary>
    public static Error? ReadRefusal(ConversationRole? role) => role is null ? NotFound : null;

    /// <summary>Why somebody may not comment, or null.</summary>
    public static Error? CommentRefusal(ConversationRole? role) => role switch
    {
        null => NotFound,
        ConversationRole.CollaborationComplete => NoCommenter,
        _ => null,
    };

    /// <summary>Why somebody may not change or delete, or null.</summary>
    public static Error? EditRefusal(ConversationRole? role) => role switch
    {
        null => NotFound,
        ConversationRole.Editor => null,
        _ => NoEditor,
    };

    /// <summary>A business rule that a request breaks.</summary>
    /// <param name="path">Where in the request.</param>
    /// <param name="text">The rule.</param>
    public static Error Broken(string path, string text) =>
        new(ErrorCode.RuleBroken, $"{path}: {text}") { Details = new() { ["path"] = path } };

    private static bool IsInGroup(SpaceState space, long groupId, long userId) =>
        space.Groups.GetValueOrDefault(groupId)?.Members.Contains(userId) == true;
}
