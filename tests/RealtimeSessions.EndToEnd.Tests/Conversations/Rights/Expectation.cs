namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rights;

/// <summary>What somebody is in a conversation, the most permissive first: the numbers are those of the wire.</summary>
internal enum Role
{
    Editor = 1,
    Viewer = 2,
    CollaborationComplete = 3,

    /// <summary>He does not see it.</summary>
    None = 4,
}

/// <summary>What can be done in a conversation.</summary>
internal enum Act
{
    Read,
    List,
    ListComments,
    Comment,
    Change,
    Invite,
    Delete,
    Join,
}

/// <summary>The table of rights.</summary>
internal static class Expectation
{
    public const string Missing = "conversation_not_found";
    public const string Forbidden = "forbidden";

    /// <summary>The least that it takes.</summary>
    private static readonly Dictionary<Act, Role> Least = new()
    {
        [Act.Read] = Role.CollaborationComplete,
        [Act.List] = Role.CollaborationComplete,
        [Act.ListComments] = Role.CollaborationComplete,
        [Act.Join] = Role.CollaborationComplete,
        [Act.Comment] = Role.Viewer,
        [Act.Change] = Role.Editor,
        [Act.Invite] = Role.Editor,
        [Act.Delete] = Role.Editor,
    };

    /// <summary>The code that an act is refused with; null: it is not.</summary>
    public static string? Of(Role role, Act act) => role == Role.None ? Missing : role <= Least[act] ? null : Forbidden;
}
