using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Conversations.Spaces.Commands;

/// <summary>A conversation to be made.</summary>
/// <param name="Conversation">The conversation; when is still to be said.</param>
/// <param name="Comment">The first comment, of the same moment; null: none.</param>
internal sealed record ConversationDraft(Conversation Conversation, Comment? Comment);

/// <summary>Makes conversations, all or none: with this append they are made, and their logs follow.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Drafts">The conversations, all of this space.</param>
/// <param name="Source">What it came through.</param>
internal sealed record FoundConversations(long UserId, IReadOnlyList<ConversationDraft> Drafts, EventSource Source) : SpaceCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context)
    {
        if (SpacePolicy.ReadRefusal(context.State, UserId) is { } refusal)
        {
            return SpaceDecision.Refuse(refusal);
        }

        var broken = Drafts.Select((draft, i) => Check(draft, $"$.conversations[{i}]", context.State!)).FirstOrDefault(error => error is not null);
        return broken is null
            ? SpaceDecision.Append([.. Drafts.Select(draft => Found(draft, context.Now))])
            : SpaceDecision.Refuse(broken);
    }

    private static Error? Check(ConversationDraft draft, string path, SpaceState space) =>
        ConversationInvariants.Check(path, draft.Conversation, present: null, space)
        ?? draft.Comment?.Mentions.Select(mention => Mentions.Refusal(mention, draft.Conversation, space)).FirstOrDefault(error => error is not null);

    private ConversationFounded Found(ConversationDraft draft, DateTimeOffset now)
    {
        var conversation = draft.Conversation with { CreatedAt = now, UpdatedAt = now };
        var comment = draft.Comment is null ? null : new CommentCreated { Comment = draft.Comment with { CreatedAt = now } };
        return new ConversationFounded(conversation.ConversationId, Stored(new ConversationCreated { Conversation = conversation }, now))
        {
            Comment = comment is null ? null : Stored(comment, now),
            CommentEventId = comment is null ? default : EventIds.Next(now),
        };
    }

    private RawJson Stored(ConversationEvent next, DateTimeOffset now) =>
        new(ConversationEventJson.Store(next with { UserId = UserId, Source = Source, Timestamp = now }));
}
