using RealtimeSessions.Client.Conversations;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client;

/// <summary>
/// A conversation that was joined: as it is now, its latest comments, and the own ones that are still on their way, at once and through lost connections. Thread-safe.
/// Handlers are called one after the other, in order, on a thread of the pool; what one of them throws is logged.
/// </summary>
public sealed class LiveConversation : IAsyncDisposable
{
    private readonly Held<LiveConversationReplica> _held;
    private readonly Lock _lock = new();
    private Task? _leaving;

    internal LiveConversation(Held<LiveConversationReplica> held) => _held = held;

    /// <summary>The conversation's number.</summary>
    public long ConversationId => _held.Replica.ConversationId;

    /// <summary>The conversation, its comments and whether there are earlier ones, all of it as of one moment.</summary>
    public ConversationView View => _held.Replica.Read(static replica => replica.View);

    /// <summary>
    /// The conversation: name, participants, groups, external objects. Its tags are as of its last change or the last reset: the hashtags that comments bring since then come
    /// with the next one.
    /// </summary>
    public Conversation Info => View.Info;

    /// <summary>
    /// The comments that are held, oldest first: the latest 100 as of the last reset, what <see cref="LoadEarlierAsync"/> has put in front, and all that have come since; then the
    /// own ones that are pending, in the order they were made. Immutable.
    /// </summary>
    public IReadOnlyList<LiveComment> Comments => View.Comments;

    /// <summary>Whether there are comments before the first one that is held.</summary>
    public bool HasEarlier => View.HasEarlier;

    /// <summary>Up to where everything has been applied.</summary>
    public Position Position => _held.Replica.Read(static replica => replica.Confirmed!.Position);

    /// <summary>How this stands to the server's.</summary>
    public SyncStatus SyncStatus => _held.Replica.Read(static replica => replica.Status);

    /// <summary>The number of the user as whom the conversation was joined.</summary>
    public long UserId => _held.Replica.Read(static replica => replica.UserId);

    /// <summary>Calls a handler with <see cref="View"/> whenever it has changed, by anybody. Changes that come close together are told together.</summary>
    /// <returns>Disposing ends it; so it is with all handlers.</returns>
    public IDisposable OnChange(Action<ConversationView> handler) => _held.Replica.Notices.AddChanged(handler);

    /// <summary>
    /// Calls a handler with each comment that is confirmed from now on, own ones included, in the conversation's order. Those that a reset or
    /// <see cref="LoadEarlierAsync"/> brings are not told.
    /// </summary>
    public IDisposable OnCommentCreated(Action<CommentCreated> handler) => _held.Replica.Notices.CommentCreated.Add(handler);

    /// <summary>Calls a handler with each new <see cref="SyncStatus"/>.</summary>
    public IDisposable OnSyncStatus(Action<SyncStatus> handler) => _held.Replica.Notices.Status.Add(handler);

    /// <summary>
    /// Calls a handler when what is held was replaced, since the events between could not be had: they are not told, and earlier comments have to be loaded anew. It gets the new
    /// position.
    /// </summary>
    public IDisposable OnReset(Action<Position> handler) => _held.Replica.Notices.Reset.Add(handler);

    /// <summary>Calls a handler with each own comment that was refused, or whose fate is not known.</summary>
    public IDisposable OnRefused(Action<RefusedComment> handler) => _held.Replica.Notices.Refused.Add(handler);

    /// <summary>
    /// Calls a handler when the conversation was left, with the reason: <c>access_revoked</c>, <c>deleted</c>, the code of a refused join, or <c>left</c>. If it has been left
    /// already, soon.
    /// </summary>
    public IDisposable OnLeft(Action<string> handler) => _held.Replica.Notices.AddLeft(handler);

    /// <summary>Comments. It shows at once as pending, and is sent as soon as it can be, in order, exactly once.</summary>
    /// <param name="content">1 to 10,000 characters. <c>@user:14</c>, <c>@user:bob@example.com</c> and <c>@group:11</c> mention participants.</param>
    /// <param name="priority">How important it is.</param>
    /// <param name="cancellationToken">Ends the waiting for the answer, not the comment.</param>
    /// <returns>
    /// Completes when the server has stored it; of a <see cref="CommentAck.Duplicate"/>, whose first answer was lost, position and number are those of the writer's last comment; of
    /// one that a reset has shown to be stored, <see cref="CommentAck.EventId"/> is empty.
    /// Need not be waited for: see <see cref="OnRefused"/>.
    /// </returns>
    /// <exception cref="ArgumentException">At once: there is no content, or it is not Unicode.</exception>
    /// <exception cref="RealtimeException">
    /// At once, with nothing changed: larger than a message may be, or too many wait (<see cref="ClientErrors.QueueFull"/>). Later: the server has refused it
    /// (<see cref="ErrorCode.MentionNotFound"/>, <see cref="ErrorCode.Forbidden"/>, too long), and it shows no longer; or <see cref="ClientErrors.Left"/>,
    /// <see cref="ClientErrors.Uncertain"/>.
    /// </exception>
    public Task<CommentAck> SendCommentAsync(
        string content, CommentPriority priority = CommentPriority.Normal, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(content);
        return _held.Replica.Make(content, priority).WaitAsync(cancellationToken);
    }

    /// <summary>Loads comments that come before those that are held, and puts them in front. One call at a time: another beside it adds nothing.</summary>
    /// <param name="limit">At most this many, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many were put in front: 0 if there are none, or if what is held was replaced meanwhile.</returns>
    /// <exception cref="RealtimeException">
    /// The server refuses it, or the connection is lost before the answer (<see cref="ClientErrors.ConnectionFailed"/>), or the conversation was left. While there is no connection, it
    /// waits for one.
    /// </exception>
    public Task<int> LoadEarlierAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        _held.Replica.LoadEarlierAsync(request => _held.Client.ListCommentsAsync(request, cancellationToken), limit);

    /// <summary>
    /// Leaves the conversation, when own comments are answered or <see cref="RealtimeClientOptions.LeaveTimeout"/> is over; what has no answer then fails, and shows no longer.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting for answers; it is left then at once.</param>
    public Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _leaving ??= _held.Client.LeaveAsync(_held, cancellationToken);
        }
    }

    /// <summary>Leaves the conversation.</summary>
    public async ValueTask DisposeAsync() => await LeaveAsync();
}
