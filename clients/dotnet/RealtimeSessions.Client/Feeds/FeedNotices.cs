using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Feeds;

/// <summary>What the application is told of a feed, in order. Called under the feed's lock.</summary>
internal sealed class FeedNotices<TEvent> : INotices
    where TEvent : class
{
    private readonly Notifier _notifier;
    private readonly Lock _lock;
    private readonly Handlers<string> _left;
    private SyncStatus _toldStatus;
    private string? _leftReason;

    /// <param name="logger">Where it says what a handler threw.</param>
    /// <param name="feedLock">The feed's lock.</param>
    public FeedNotices(ILogger logger, Lock feedLock)
    {
        (_notifier, _lock) = (new Notifier(logger), feedLock);
        _left = _notifier.Handlers<string>();
        Event = _notifier.Handlers<TEvent>();
        Reset = _notifier.Handlers<Position>();
        Status = _notifier.Handlers<SyncStatus>();
    }

    public Handlers<TEvent> Event { get; }

    public Handlers<Position> Reset { get; }

    public Handlers<SyncStatus> Status { get; }

    /// <summary>Adds a handler of the end, which is told at once if that has come.</summary>
    public IDisposable AddLeft(Action<string> handler)
    {
        lock (_lock)
        {
            var registration = _left.Add(handler);
            if (_leftReason is { } reason)
            {
                _notifier.Post(() => _notifier.Call([handler], reason));
            }

            return registration;
        }
    }

    public void Tell(ReplicaOutput output)
    {
        switch (output)
        {
            case ReplicaOutput.Applied<TEvent> applied:
                Event.Post(applied.Event);
                break;
            case ReplicaOutput.WasReset reset:
                Reset.Post(reset.Position);
                break;
            case ReplicaOutput.Left left:
                _leftReason = left.Reason;
                _left.Post(left.Reason);
                break;
        }
    }

    public void TellState(SyncStatus status)
    {
        if (status != _toldStatus)
        {
            _toldStatus = status;
            Status.Post(status);
        }
    }
}
