global using ConversationContext = RealtimeSessions.Server.Lanes.CommandContext<RealtimeSessions.Server.Conversations.ConversationState, RealtimeSessions.Server.Conversations.Spaces.SpaceState?>;
global using ConversationDecision = RealtimeSessions.Server.Lanes.Decision<RealtimeSessions.Protocol.Conversations.ConversationEvent>;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Conversations.Commands;

/// <summary>A change of a conversation that is there. It is judged by the conversation and by the members and groups of its space.</summary>
/// <param name="UserId">Who asks for it; 0: the server itself.</param>
/// <param name="Source">What it came through.</param>
/// <param name="Request">The clock and writer that came with it; null: none did.</param>
internal abstract record ConversationCommand(long UserId, EventSource Source, IChangeRequest? Request = null)
    : LogCommand<ConversationState, SpaceState?, ConversationEvent>(Origin: null)
{
    /// <summary>The writer's number in the conversation's log; writers of different users never meet.</summary>
    public override WriterNumber? Writer =>
        Request is { WriterId: { } id, WriterSequence: { } number } ? new WriterNumber($"{id}/{UserId}", number) : null;

    protected sealed override ConversationDecision Decide(ConversationContext context)
    {
        var role = UserId == 0
            ? context.State?.Existing is null ? null : ConversationRole.Editor
            : ConversationPolicy.RoleOf(context.State?.Existing, context.Scene, UserId);
        return Refusal(role) is { } refusal ? ConversationDecision.Refuse(refusal) : Decide(context, context.State!);
    }

    /// <summary>Why somebody of a role may not do this, or null.</summary>
    protected abstract Error? Refusal(ConversationRole? role);

    protected abstract ConversationDecision Decide(ConversationContext context, ConversationState state);

    /// <summary>The id of an event.</summary>
    protected virtual Guid IdOf(ConversationEvent next, DateTimeOffset now) => EventIds.Next(now);

    protected sealed override NewEvent Make(ConversationEvent next, ConversationContext context, ConversationDecision decision)
    {
        var stamped = next with
        {
            UserId = UserId,
            Source = Source,
            Timestamp = Request?.Timestamp ?? context.Now,
            WriterId = Request?.WriterId,
            WriterSequence = Request?.WriterSequence,
        };
        return new NewEvent(IdOf(next, context.Now), context.Now, ConversationEventJson.Store(stamped), ConversationFold.ChangesRights(next));
    }

    protected sealed override bool IsToBeFollowed(ConversationEvent next) => true;

    protected sealed override long GuardOf(ConversationState state) => state.RightsSequence;
}
