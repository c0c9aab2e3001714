using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Conversations.Spaces.Commands;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Makes conversations: one append to their space's log, all or none, after which each gets its own.</summary>
internal sealed class ConversationCreator(
    SpaceWriter writer, LiveSpaces spaces, UserDirectory directory, ExternalObjectResolver objects, MentionResolver mentions, Acquaintances acquaintances,
    Counters counters)
{
    public async Task<Result<IReadOnlyList<Conversation>>> CreateAsync(Caller caller, IReadOnlyList<ConversationInput> inputs, EventSource source)
    {
        var user = await directory.GetAsync(caller);
        var spaceId = inputs[0].SpaceId;
        for (var i = 1; i < inputs.Count; i++)
        {
            if (inputs[i].SpaceId != spaceId)
            {
                return ConversationPolicy.Broken($"$.conversations[{i}].space_id", "those of one request are all made in one space.");
            }
        }

        var key = SpaceKey.Of(spaceId, user.UserId);
        if (await EnterAsync(key, user.UserId) is { } refusal)
        {
            return refusal;
        }

        if (!(await DraftAsync(caller, user.UserId, inputs)).TryGet(out var drafts, out var error)
            || !(await writer.ChangeAsync(key, new FoundConversations(user.UserId, drafts, source))).TryGet(out var made, out error))
        {
            return error;
        }

        return drafts.Select(draft => draft.Conversation with { CreatedAt = made.ChangedAt, UpdatedAt = made.ChangedAt }).ToArray();
    }

    /// <summary>Looks whether the caller may be in the space; his own place is opened for him.</summary>
    private async Task<Error?> EnterAsync(SpaceKey key, long userId)
    {
        var state = await spaces.ReadAsync(key);
        if (state is null && key.OwnerId > 0)
        {
            var opened = await writer.ChangeAsync(key, new OpenOwnPlace(userId));
            return opened.Error is { } error && error.Code != ErrorCode.Conflict ? error : null;
        }

        return SpacePolicy.ReadRefusal(state, userId);
    }

    private async Task<Result<IReadOnlyList<ConversationDraft>>> DraftAsync(Caller caller, long userId, IReadOnlyList<ConversationInput> inputs)
    {
        var drafts = new List<ConversationDraft>(inputs.Count);
        for (var i = 0; i < inputs.Count; i++)
        {
            var (input, path) = (inputs[i], $"$.conversations[{i}]");
            if (input.SpaceId is null && await acquaintances.RefusalAsync(caller, path, input.Participants ?? [], present: []) is { } stranger)
            {
                return stranger;
            }

            var linked = await objects.ResolveAsync(caller, path, input);
            if (linked?.Error is { } error)
            {
                return error;
            }

            var conversation = new Conversation
            {
                ConversationId = 0,
                Name = input.Name!,
                Details = input.Details ?? "",
                SpaceId = input.SpaceId,
                CreatorId = userId,
                Participants = input.Participants ?? [],
                Groups = input.Groups ?? [],
                Stakeholder = input.Stakeholder ?? Stakeholder.Group,
                DefaultRole = input.DefaultRole ?? ConversationRole.Viewer,
                Tags = Tags.Of(input.Name!, input.Details ?? "", input.InitialComment ?? ""),
                ExternalObjects = linked?.Value ?? [],
                CreatedAt = default,
                UpdatedAt = default,
            };
            var comment = await CommentAsync(userId, $"{path}.initial_comment", input.InitialComment);
            if (comment.Error is { } refusal)
            {
                return refusal;
            }

            drafts.Add(new ConversationDraft(conversation, comment.Value));
        }

        return await NumberAsync(drafts);
    }

    private async ValueTask<Result<Comment?>> CommentAsync(long userId, string path, string? content)
    {
        if (content is null)
        {
            return default(Comment);
        }

        return (await mentions.ResolveAsync(path, content)).TryGet(out var mentioned, out var error)
            ? new Comment { CommentId = 0, ConversationId = 0, CreatorId = userId, Content = content, Mentions = mentioned, CreatedAt = default }
            : error;
    }

    /// <summary>Gives conversations and comments their numbers, when nothing of what can be known before is against them.</summary>
    private async Task<Result<IReadOnlyList<ConversationDraft>>> NumberAsync(List<ConversationDraft> drafts)
    {
        var conversation = await counters.NextAsync(Counters.Conversation, drafts.Count);
        var count = drafts.Count(draft => draft.Comment is not null);
        var comment = count == 0 ? 0 : await counters.NextAsync(Counters.Comment, count);
        return drafts.ConvertAll(draft =>
        {
            var id = conversation++;
            return new ConversationDraft(
                draft.Conversation with { ConversationId = id },
                draft.Comment is null ? null : draft.Comment with { ConversationId = id, CommentId = comment++ });
        });
    }
}
