using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Conversations.Inputs;

namespace RealtimeSessions.Server.Conversations.Commands;

/// <summary>Changes what a conversation says of itself, and whom it is for.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Input">What to change.</param>
/// <param name="Objects">What it is to be linked with; null: what it is linked with.</param>
/// <param name="Source">What it came through.</param>
internal sealed record UpdateConversation(long UserId, ConversationInput Input, IReadOnlyList<ExternalObject>? Objects, EventSource Source)
    : ConversationCommand(UserId, Source)
{
    private const string Path = "$.conversations[0]";

    protected override Error? Refusal(ConversationRole? role) => ConversationPolicy.EditRefusal(role);

    protected override ConversationDecision Decide(ConversationContext context, ConversationState state)
    {
        var present = state.Info;
        if (Input.SpaceId is { } space && space != present.SpaceId)
        {
            return ConversationDecision.Refuse(ConversationPolicy.Broken($"{Path}.space_id", "a conversation stays where it was made."));
        }

        var changed = present with
        {
            Name = Input.Name ?? present.Name,
            Details = Input.Details ?? present.Details,
            Participants = Input.Participants ?? present.Participants,
            Groups = Input.Groups ?? present.Groups,
            Stakeholder = Input.Stakeholder ?? present.Stakeholder,
            DefaultRole = Input.DefaultRole ?? present.DefaultRole,
            ExternalObjects = Objects ?? present.ExternalObjects,
        };
        if (ConversationInvariants.Check(Path, changed, present, context.Scene!) is { } broken)
        {
            return ConversationDecision.Refuse(broken);
        }

        if (IsSame(changed, present))
        {
            return ConversationDecision.Nothing;
        }

        changed = changed with { Tags = state.TagsWith(changed), UpdatedAt = context.Now };
        return ConversationDecision.Append(new ConversationUpdated { Conversation = changed });
    }

    private static bool IsSame(Conversation one, Conversation other) =>
        one.Name == other.Name && one.Details == other.Details && one.Stakeholder == other.Stakeholder && one.DefaultRole == other.DefaultRole
        && one.Participants.SequenceEqual(other.Participants) && one.Groups.SequenceEqual(other.Groups)
        && one.ExternalObjects.SequenceEqual(other.ExternalObjects);
}

/// <summary>Comments, once or several times.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Comments">The comments; who makes them and when is still to be said.</param>
/// <param name="Source">What it came through.</param>
/// <param name="Request">The clock and writer that came with it; null: none did.</param>
internal sealed record AddComments(long UserId, IReadOnlyList<Comment> Comments, EventSource Source, IChangeRequest? Request = null)
    : ConversationCommand(UserId, Source, Request)
{
    protected override Error? Refusal(ConversationRole? role) => ConversationPolicy.CommentRefusal(role);

    protected override ConversationDecision Decide(ConversationContext context, ConversationState state)
    {
        var added = ConversationDecision.Append([.. Comments.Select(comment => new CommentCreated { Comment = comment with { CreatedAt = context.Now } })]);
        var refusal = Comments.SelectMany(comment => comment.Mentions)
            .Select(mention => Mentions.Refusal(mention, state.Info, context.Scene!)).FirstOrDefault(error => error is not null);

        // Of a comment that was made before, the answer is that it was, whoever has left since.
        return refusal is null ? added : Writer is null ? ConversationDecision.Refuse(refusal) : added.NotMade(refusal);
    }
}

/// <summary>Deletes the conversation: its last event, after which it exists for nobody.</summary>
internal sealed record DeleteConversation(long UserId, EventSource Source) : ConversationCommand(UserId, Source)
{
    protected override Error? Refusal(ConversationRole? role) => ConversationPolicy.EditRefusal(role);

    protected override ConversationDecision Decide(ConversationContext context, ConversationState state) =>
        ConversationDecision.Append(new ConversationDeleted()) with { Seals = true, IsForSealedToo = true };
}
