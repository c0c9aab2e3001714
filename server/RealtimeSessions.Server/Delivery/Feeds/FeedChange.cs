using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>A change of a session, ready to judge whom it concerns.</summary>
/// <param name="Feed">The event of the feed.</param>
/// <param name="Before">The session before it; null: it was not there.</param>
/// <param name="After">The session after it; null: it is gone.</param>
internal sealed record FeedChange(FeedEvent Feed, Session? Before, Session? After)
{
    /// <summary>Whether those who may read the session, and its properties, are the same before and after.</summary>
    private readonly bool _keepsReaders =
        Before is not null && After is not null
        && ReferenceEquals(Before.Participants, After.Participants) && ReferenceEquals(Before.Properties, After.Properties);

    /// <summary>Reads what a feed holds; null if it tells of no change.</summary>
    public static FeedChange? Read(LogEvent source)
    {
        if (FeedEvent.Read(source) is not { } feed)
        {
            return null;
        }

        var isDeletion = SessionEventJson.TypeOf(feed.Event.Utf8.Span).SequenceEqual("session_deleted"u8);
        return new FeedChange(feed, feed.Before(), isDeletion ? null : feed.Session);
    }

    /// <summary>Whether a watcher sees the session before and after the change.</summary>
    public (bool Before, bool After) SeenBy(FeedWatcher watcher)
    {
        var before = watcher.Sees(Before);
        return (before, _keepsReaders ? before : watcher.Sees(After));
    }
}
