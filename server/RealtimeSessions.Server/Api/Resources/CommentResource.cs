using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>Comments.</summary>
/// <param name="Comments">The comments.</param>
internal sealed record CommentList(IReadOnlyList<CommentResource> Comments)
{
    public static CommentList Of(IEnumerable<Comment> comments, ApiCall call) => new([.. comments.Select(comment => CommentResource.Of(comment, call))]);
}

/// <summary>A comment as it is shown.</summary>
internal sealed record CommentResource
{
    /// <summary>What comments can be about.</summary>
    public const string OfConversation = "conversation";

    /// <summary>Its number, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>The user who made it.</summary>
    public required long CreatorId { get; init; }

    /// <summary>1 to 10,000 characters.</summary>
    public required string Content { get; init; }

    /// <summary>Its address.</summary>
    public required string Href { get; init; }

    /// <summary>How important it is: 0 normal, 1 important.</summary>
    public required CommentPriority Priority { get; init; }

    /// <summary>Who is mentioned in it.</summary>
    public required IReadOnlyList<Mention> Mentions { get; init; }

    /// <summary>When it was made, in Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>What it is about: the word conversation.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The conversation.</summary>
    public required long ResourceId { get; init; }

    public static CommentResource Of(Comment comment, ApiCall call) => new()
    {
        Id = comment.CommentId,
        CreatorId = comment.CreatorId,
        Content = comment.Content,
        Href = call.AddressOf(Addresses.Comment(comment.CommentId)),
        Priority = comment.Priority,
        Mentions = comment.Mentions,
        CreatedAt = comment.CreatedAt.ToUnixTimeMilliseconds(),
        ResourceType = OfConversation,
        ResourceId = comment.ConversationId,
    };
}
