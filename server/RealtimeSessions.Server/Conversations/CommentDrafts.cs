using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Directory;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Comments before they are made: with their numbers and mentions.</summary>
internal sealed class CommentDrafts(MentionResolver mentions, Counters counters)
{
    /// <param name="userId">Who comments.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="contents">What, with the path in the request.</param>
    public async Task<Result<IReadOnlyList<Comment>>> MakeAsync(
        long userId, long conversationId, IReadOnlyList<(string Path, string Content, CommentPriority Priority)> contents)
    {
        var comments = new List<Comment>(contents.Count);
        foreach (var (path, content, priority) in contents)
        {
            if (!(await mentions.ResolveAsync(path, content)).TryGet(out var mentioned, out var error))
            {
                return error;
            }

            comments.Add(new Comment
            {
                CommentId = 0,
                ConversationId = conversationId,
                CreatorId = userId,
                Content = content,
                Priority = priority,
                Mentions = mentioned,
                CreatedAt = default,
            });
        }

        var number = await counters.NextAsync(Counters.Comment, comments.Count);
        return comments.ConvertAll(comment => comment with { CommentId = number++ });
    }
}
