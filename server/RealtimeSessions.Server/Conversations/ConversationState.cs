using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Conversations;

/// <summary>The fold of a conversation's log.</summary>
/// <param name="Info">The conversation.</param>
/// <param name="RightsSequence">The sequence of the event that changed rights last: the guard by which an append is judged.</param>
internal sealed record ConversationState(Conversation Info, long RightsSequence)
{
    /// <summary>How many of the latest comments are held.</summary>
    public const int HeldComments = 100;

    /// <summary>The latest comments, oldest first.</summary>
    public ImmutableArray<PlacedComment> Comments { get; init; } = [];

    /// <summary>Whether there are comments before those held.</summary>
    public bool HasEarlier { get; init; }

    /// <summary>The hashtags of all comments, as they came.</summary>
    public IReadOnlyList<string> CommentTags { get; init; } = [];

    /// <summary>The sequence of the last event.</summary>
    public required long LastSequence { get; init; }

    /// <summary>True once the conversation was deleted: its log is about to be removed.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Where it was made.</summary>
    [JsonIgnore]
    public SpaceKey Space => SpaceKey.Of(Info.SpaceId, Info.CreatorId);

    /// <summary>The conversation as callers see it: none once it was deleted.</summary>
    [JsonIgnore]
    public Conversation? Existing => IsDeleted ? null : Info;

    /// <summary>The tags that a conversation has together with the comments.</summary>
    public IReadOnlyList<string> TagsWith(Conversation conversation) => Tags.Join(Tags.Of(conversation.Name, conversation.Details), CommentTags);

    /// <summary>The state with one more comment.</summary>
    public ConversationState With(PlacedComment comment)
    {
        var (isFull, tags) = (Comments.Length == HeldComments, Tags.Of(comment.Comment.Content));
        return this with
        {
            Comments = (isFull ? Comments.RemoveAt(0) : Comments).Add(comment),
            HasEarlier = HasEarlier || isFull,
            CommentTags = tags is [] ? CommentTags : Tags.Join(CommentTags, tags),
            Info = tags is [] ? Info : Info with { Tags = Tags.Join(Info.Tags, tags) },
        };
    }
}
