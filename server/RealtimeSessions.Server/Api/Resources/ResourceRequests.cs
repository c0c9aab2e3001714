using RealtimeSessions.Server.Conversations.Inputs;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>A request about one object.</summary>
internal record ResourceRequest
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }
}

/// <summary>Makes conversations.</summary>
internal sealed record NewConversationsRequest
{
    /// <summary>1 to 100 conversations.</summary>
    public required IReadOnlyList<ConversationInput> Conversations { get; init; }
}

/// <summary>Changes a conversation.</summary>
internal sealed record ConversationChangeRequest : ResourceRequest
{
    /// <summary>The conversation, one; what is not given stays.</summary>
    public required IReadOnlyList<ConversationInput> Conversations { get; init; }
}

/// <summary>Makes comments.</summary>
internal sealed record NewCommentsRequest
{
    /// <summary>1 to 100 comments.</summary>
    public required IReadOnlyList<CommentInput> Comments { get; init; }
}

/// <summary>Reads a space.</summary>
internal sealed record OneSpaceRequest : ResourceRequest
{
    /// <summary>The word participants: the members, too.</summary>
    public SpaceInclude? Include { get; init; }
}

/// <summary>Makes spaces.</summary>
internal sealed record NewSpacesRequest
{
    /// <summary>1 to 100 spaces.</summary>
    public required IReadOnlyList<SpaceInput> Spaces { get; init; }

    /// <summary>The word participants: the answer has the members, too.</summary>
    public SpaceInclude? Include { get; init; }
}

/// <summary>Changes a space.</summary>
internal sealed record SpaceChangeRequest : ResourceRequest
{
    /// <summary>The space, one; what is not given stays.</summary>
    public required IReadOnlyList<SpaceInput> Spaces { get; init; }

    /// <summary>The word participants: the answer has the members, too.</summary>
    public SpaceInclude? Include { get; init; }
}

/// <summary>Adds members to a space, or gives them other roles.</summary>
internal sealed record NewSpaceParticipantsRequest : ResourceRequest
{
    /// <summary>1 to 100 users, each by his number or by his e-mail address.</summary>
    public required IReadOnlyList<SpaceParticipantInput> Participants { get; init; }
}

/// <summary>Takes a member out of a space.</summary>
internal sealed record SpaceParticipantRequest : ResourceRequest
{
    /// <summary>The user's number.</summary>
    public required long UserId { get; init; }
}

/// <summary>Makes groups.</summary>
internal sealed record NewGroupsRequest
{
    /// <summary>1 to 100 groups.</summary>
    public required IReadOnlyList<GroupInput> Groups { get; init; }
}

/// <summary>Changes a group.</summary>
internal sealed record GroupChangeRequest : ResourceRequest
{
    /// <summary>The group, one; what is not given stays.</summary>
    public required IReadOnlyList<GroupInput> Groups { get; init; }
}
