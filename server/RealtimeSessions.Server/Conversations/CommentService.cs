using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Commands;
using RealtimeSessions.Server.Conversations.Following;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Makes comments.</summary>
internal sealed class CommentService(
    ConversationReader reader, CommentReader comments, LiveConversations conversations, ConversationFollower follower, UserDirectory directory,
    CommentDrafts drafts)
{
    /// <summary>Makes comments of one conversation, all or none.</summary>
    public async Task<Result<IReadOnlyList<Comment>>> CreateAsync(Caller caller, IReadOnlyList<CommentInput> inputs, EventSource source)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].ResourceId != inputs[0].ResourceId)
            {
                return ConversationPolicy.Broken($"$.comments[{i}].resource_id", "those of one request are all made in one conversation.");
            }
        }

        // Whoever does not see the conversation is not told whom an address belongs to.
        var conversationId = inputs[0].ResourceId!.Value;
        if ((await reader.ReadAsync(caller, conversationId)).Error is { } refusal)
        {
            return refusal;
        }

        var user = await directory.GetAsync(caller);
        var contents = inputs.Select((input, i) => ($"$.comments[{i}].content", input.Content!, input.Priority ?? CommentPriority.Normal));
        if (!(await drafts.MakeAsync(user.UserId, conversationId, [.. contents])).TryGet(out var made, out var error)
            || !(await SubmitAsync(new AddComments(user.UserId, made, source), conversationId)).TryGet(out var ack, out error))
        {
            return error;
        }

        return made.Select(comment => comment with { CreatedAt = ack.CreatedAt!.Value }).ToArray();
    }

    /// <summary>Makes one comment; comments that are made in one order of calls have that order.</summary>
    public async Task<Result<CommentAck>> CreateAsync(Caller caller, CreateCommentRequest request, CallOrder order)
    {
        var conversationId = request.ConversationId;
        IReadOnlyList<Comment>? made = null;
        var submitted = await order.NextAsync(async () =>
        {
            var user = await directory.GetAsync(caller);
            if (!(await drafts.MakeAsync(user.UserId, conversationId, [("$.content", request.Content, request.Priority ?? CommentPriority.Normal)]))
                .TryGet(out made, out var refusal))
            {
                // Whether he sees the conversation comes first.
                return Task.FromResult<Result<Ack>>((await reader.ReadAsync(caller, conversationId)).Error ?? refusal);
            }

            return SubmitAsync(new AddComments(user.UserId, made, EventSource.Hub, request), conversationId);
        });
        if (!(await submitted).TryGet(out var ack, out var error))
        {
            return error;
        }

        return new CommentAck(ack.Position, ack.Count)
        {
            CommentId = ack.Duplicate ? await comments.FindAsync(conversationId, ack.Position.Sequence) : made![0].CommentId,
            EventId = ack.EventId ?? default,
            CreatedAt = ack.CreatedAt ?? default,
            Duplicate = ack.Duplicate,
        };
    }

    /// <summary>Submits comments before it returns its task, which waits until catalog and feed have followed.</summary>
    private async Task<Result<Ack>> SubmitAsync(AddComments command, long conversationId)
    {
        using var lease = conversations.Rent(new ConversationKey(conversationId));
        var answer = await lease.Log.Lane.SubmitAsync(command);
        if (answer.TryGet(out var ack, out _))
        {
            await follower.FollowAsync(lease.Log, ack.Position);
        }

        return answer;
    }
}
