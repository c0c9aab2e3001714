using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Commands;
using RealtimeSessions.Server.Conversations.Following;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Conversations, as callers make, read, change and delete them.</summary>
internal sealed class ConversationService(
    ConversationCreator creator, ConversationReader reader, LiveConversations conversations, ConversationFollower follower, ExternalObjectResolver objects,
    Acquaintances acquaintances, UserDirectory directory)
{
    private const string Path = "$.conversations[0]";

    /// <summary>Makes conversations of one space, all or none.</summary>
    public Task<Result<IReadOnlyList<Conversation>>> CreateAsync(Caller caller, IReadOnlyList<ConversationInput> inputs, EventSource source) =>
        creator.CreateAsync(caller, inputs, source);

    public async Task<Result<Conversation>> GetAsync(Caller caller, long conversationId) =>
        (await reader.ReadAsync(caller, conversationId)).TryGet(out var state, out var error) ? state.State.Info : error;

    /// <summary>The conversations that the caller sees, newest first.</summary>
    public Task<Result<ListPage<Conversation>>> ListAsync(
        Caller caller, ListOrder order, long? spaceId, string? externalObjectId, PageRequest page) =>
        reader.ListAsync(caller, order, spaceId, externalObjectId, page);

    /// <summary>Changes a conversation; what is not given stays.</summary>
    public async Task<Result<Conversation>> UpdateAsync(Caller caller, long conversationId, ConversationInput input, EventSource source)
    {
        if (input.InitialComment is not null)
        {
            return ConversationPolicy.Broken($"{Path}.initial_comment", "is only for a conversation that is made.");
        }

        // Whoever does not see it is not told whether his links are good.
        if (!(await reader.ReadAsync(caller, conversationId)).TryGet(out var state, out var refusal))
        {
            return refusal;
        }

        var present = state.State.Info;
        if (present.SpaceId is null && await acquaintances.RefusalAsync(caller, Path, input.Participants ?? [], present.Participants) is { } stranger)
        {
            return stranger;
        }

        var user = await directory.GetAsync(caller);
        var linked = await objects.ResolveAsync(caller, Path, input);
        return linked?.Error is { } error
            ? error
            : await ChangeAsync(conversationId, new UpdateConversation(user.UserId, input, linked?.Value, source));
    }

    public async Task<Result<Empty>> DeleteAsync(Caller caller, long conversationId, EventSource source)
    {
        var user = await directory.GetAsync(caller);
        return (await ChangeAsync(conversationId, new DeleteConversation(user.UserId, source))).Error is { } error ? error : Empty.Value;
    }

    /// <summary>Makes a change, and waits until catalog and feed have followed.</summary>
    private async Task<Result<Conversation>> ChangeAsync(long conversationId, ConversationCommand command)
    {
        using var lease = conversations.Rent(new ConversationKey(conversationId));
        if (!(await lease.Log.Lane.SubmitAsync(command)).TryGet(out var ack, out var error))
        {
            return error;
        }

        return await follower.FollowAsync(lease.Log, ack.Position) is { } state ? state.State.Info : ConversationPolicy.NotFound;
    }
}
