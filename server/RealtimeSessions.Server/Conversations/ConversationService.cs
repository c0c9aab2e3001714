using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Conversations: made, read, changed, deleted.</summary>
internal sealed class ConversationService
{
    public Task<Result<IReadOnlyList<Conversation>>> CreateAsync(Caller caller, IReadOnlyList<ConversationInput> inputs, EventSource source) =>
        throw new NotImplementedException();

    public Task<Result<Conversation>> GetAsync(Caller caller, long conversationId) =>
        throw new NotImplementedException();

    public Task<Result<ListPage<Conversation>>> ListAsync(Caller caller, ListOrder order, long? spaceId, string? externalObjectId, PageRequest page) =>
        throw new NotImplementedException();

    public Task<Result<Conversation>> UpdateAsync(Caller caller, long conversationId, ConversationInput input, EventSource source) =>
        throw new NotImplementedException();

    public Task<Result<Empty>> DeleteAsync(Caller caller, long conversationId, EventSource source) =>
        throw new NotImplementedException();
}
