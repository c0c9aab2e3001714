using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>
/// Reads comments: lists from the conversation's log, which keeps all of its events, so that nothing is lacking that was acknowledged before; single
/// ones by the catalog, which knows their numbers.
/// </summary>
internal sealed class CommentReader(ConversationReader conversations, CommentEntries entries, IEventLog eventLog)
{
    private const int DefaultPage = 100;
    private const int LeastScan = 50;
    private const int LargestScan = 1_000;

    public async Task<Result<Comment>> GetAsync(Caller caller, long commentId) =>
        await entries.FindAsync(commentId) is { Comment: var comment } && (await conversations.ReadAsync(caller, comment.ConversationId)).Error is null
            ? comment
            : ConversationPolicy.CommentNotFound;

    /// <summary>A conversation's comments, newest first.</summary>
    public async Task<Result<ListPage<Comment>>> ListAsync(Caller caller, long conversationId, PageRequest page)
    {
        if (!(await conversations.ReadAsync(caller, conversationId)).TryGet(out var state, out var refusal))
        {
            return refusal;
        }

        var found = await Paging.ReadAsync(page, async (after, limit) =>
        {
            var (comments, hasEarlier) = await ReadBackAsync(conversationId, Before(after?.Value, state.Position), limit);
            var next = hasEarlier ? new CatalogCursor(comments[^1].Sequence, EntryId.Of(comments[^1].Comment.CommentId)) : default(CatalogCursor?);
            return ((IReadOnlyList<PlacedComment>)comments, next);
        });
        return new ListPage<Comment>([.. found.Items.Select(placed => placed.Comment)], found.Next);
    }

    /// <summary>A conversation's comments before a sequence, newest first.</summary>
    public async Task<Result<CommentPage>> ListAsync(Caller caller, ListCommentsRequest request)
    {
        if (!(await conversations.ReadAsync(caller, request.ConversationId)).TryGet(out var state, out var refusal))
        {
            return refusal;
        }

        var (comments, hasEarlier) = await ReadBackAsync(
            request.ConversationId, Before(request.Before, state.Position), request.Limit ?? DefaultPage);
        return new CommentPage(comments, hasEarlier);
    }

    /// <summary>The number of the comment at a sequence of a conversation; 0: there is none.</summary>
    public async Task<long> FindAsync(long conversationId, long sequence) =>
        await ReadAsync(new ConversationKey(conversationId).Log, sequence - 1, sequence + 1) is [var only]
        && ConversationEventJson.Read(only) is CommentCreated { Comment.CommentId: var id }
            ? id
            : 0;

    /// <summary>Where to read back from: whatever a client asks for, not from beyond the end.</summary>
    private static long Before(long? asked, Position head) => Math.Min(asked ?? long.MaxValue, head.Sequence + 1);

    /// <summary>Reads comments back from a sequence.</summary>
    /// <returns>The comments before it, newest first, and whether there are more.</returns>
    private async Task<(List<PlacedComment> Comments, bool HasEarlier)> ReadBackAsync(long conversationId, long before, int limit)
    {
        var (log, comments) = (new ConversationKey(conversationId).Log, new List<PlacedComment>());
        while (before > 1 && comments.Count <= limit)
        {
            // Most events are comments, and one more than was asked for tells that there are more.
            var after = Math.Max(0, before - 1 - Math.Clamp(limit + 1 - comments.Count, LeastScan, LargestScan));
            var events = await ReadAsync(log, after, before);
            comments.AddRange(events
                .Select(next => ConversationEventJson.Read(next) is CommentCreated created ? PlacedComment.Of(created, next.Sequence) : null)
                .OfType<PlacedComment>().Reverse());
            before = after + 1;
        }

        return comments.Count > limit ? (comments[..limit], true) : (comments, false);
    }

    /// <summary>Reads the events between two sequences; a page of them may end early because they are large.</summary>
    private async Task<List<LogEvent>> ReadAsync(LogId log, long after, long before)
    {
        var events = new List<LogEvent>();
        while (after < before - 1 && await eventLog.ReadAsync(log, after, (int)(before - 1 - after)) is { Events: [.., var last] page })
        {
            events.AddRange(page);
            after = last.Sequence;
        }

        return events;
    }
}
