using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Comments of conversations.</summary>
internal sealed class CommentService
{
    public Task<Result<IReadOnlyList<Comment>>> CreateAsync(Caller caller, IReadOnlyList<CommentInput> inputs, EventSource source) =>
        throw new NotImplementedException();

    public Task<Result<Comment>> GetAsync(Caller caller, long commentId) =>
        throw new NotImplementedException();

    public Task<Result<ListPage<Comment>>> ListAsync(Caller caller, long conversationId, PageRequest page) =>
        throw new NotImplementedException();
}
