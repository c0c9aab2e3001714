using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Conversations.Inputs;

/// <summary>A comment to be made.</summary>
internal sealed record CommentInput : IResourceInput
{
    /// <summary>1 to 10,000 characters.</summary>
    public string? Content { get; init; }

    /// <summary>Default: normal.</summary>
    public CommentPriority? Priority { get; init; }

    /// <summary>What it is about: <c>conversation</c>, which is also the default.</summary>
    public string? ResourceType { get; init; }

    /// <summary>The conversation.</summary>
    public long? ResourceId { get; init; }

    /// <summary>Means nothing.</summary>
    public long? Id { get; init; }

    /// <summary>Means nothing.</summary>
    public string? Href { get; init; }

    /// <summary>Means nothing.</summary>
    public long? CreatorId { get; init; }

    /// <summary>Means nothing.</summary>
    public IReadOnlyList<Mention>? Mentions { get; init; }

    /// <summary>Means nothing.</summary>
    public long? CreatedAt { get; init; }
}
