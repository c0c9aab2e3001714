using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;

namespace RealtimeSessions.Client.Feeds;

/// <summary>What the application is told of a feed, in order. Called under the feed's lock.</summary>
internal sealed class FeedNotices<TEvent> : Notices
    where TEvent : class
{
    /// <param name="logger">Where it says what a handler threw.</param>
    /// <param name="feedLock">The feed's lock.</param>
    public FeedNotices(ILogger logger, Lock feedLock)
        : base(logger, feedLock) =>
        Event = Notifier.Handlers<TEvent>();

    public Handlers<TEvent> Event { get; }

    public override void Tell(ReplicaOutput output)
    {
        if (output is ReplicaOutput.Applied<TEvent> applied)
        {
            Event.Post(applied.Event);
        }
        else
        {
            base.Tell(output);
        }
    }
}
