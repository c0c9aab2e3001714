using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Sessions;

/// <summary>What the application is told of a session, in order.</summary>
internal sealed class SessionNotices
{
    private readonly Notifier _notifier;
    private JsonTree? _toldView;
    private SyncStatus _toldStatus;
    private string? _leftReason;
    private int _isChecking;

    public SessionNotices(ILogger logger)
    {
        _notifier = new Notifier(logger);
        Changed = _notifier.Handlers<JsonTree>();
        Event = _notifier.Handlers<SessionEvent>();
        Status = _notifier.Handlers<SyncStatus>();
        Presence = _notifier.Handlers<JsonTree>();
        Signal = _notifier.Handlers<SessionSignal>();
        Reset = _notifier.Handlers<Position>();
        Refused = _notifier.Handlers<RefusedChange>();
        Left = _notifier.Handlers<string>();
        Feeds = _notifier.Handlers<ReplicaOutput>();
    }

    /// <summary>Handlers are added by <see cref="AddChanged"/>.</summary>
    private Handlers<JsonTree> Changed { get; }

    public Handlers<SessionEvent> Event { get; }

    public Handlers<SyncStatus> Status { get; }

    public Handlers<JsonTree> Presence { get; }

    public Handlers<SessionSignal> Signal { get; }

    public Handlers<Position> Reset { get; }

    public Handlers<RefusedChange> Refused { get; }

    /// <summary>Handlers are added by <see cref="AddLeft"/>.</summary>
    private Handlers<string> Left { get; }

    /// <summary>Those that read the events one by one; they are told of events, of resets and of the end.</summary>
    public Handlers<ReplicaOutput> Feeds { get; }

    /// <summary>Adds a handler of the data, to be told of what changes from now on.</summary>
    public IDisposable AddChanged(LiveReplica replica, Action<JsonTree> handler) => replica.Read(state =>
    {
        _toldView = Changed.IsEmpty ? state.View : _toldView;
        return Changed.Add(handler);
    });

    /// <summary>Adds a handler of the end, which is told at once if that has come.</summary>
    public IDisposable AddLeft(LiveReplica replica, Action<string> handler) => replica.Read(_ =>
    {
        var registration = Left.Add(handler);
        if (_leftReason is { } reason)
        {
            _notifier.Post(() => _notifier.Call([handler], reason));
        }

        return registration;
    });

    /// <summary>Tells what has happened. Called under the replica's lock.</summary>
    public void Tell(ReplicaOutput output)
    {
        switch (output)
        {
            case ReplicaOutput.Applied applied:
                Event.Post(applied.Event);
                Feeds.Post(output);
                break;
            case ReplicaOutput.WasReset reset:
                Reset.Post(reset.Position);
                Feeds.Post(output);
                break;
            case ReplicaOutput.Left left:
                _leftReason = left.Reason;
                Left.Post(left.Reason);
                Feeds.Post(output);
                break;
            case ReplicaOutput.Refused refused:
                Refused.Post(new RefusedChange(refused.Change.Name, refused.Change.Content, refused.Error));
                break;
        }
    }

    /// <summary>Tells what is so, where it is another than was told. Called under the replica's lock.</summary>
    public void TellState(LiveReplica replica, SyncStatus status)
    {
        if (status != _toldStatus)
        {
            _toldStatus = status;
            Status.Post(status);
        }

        // The data are looked at when it is their turn: what has changed until then is told together.
        if (!Changed.IsEmpty && Interlocked.Exchange(ref _isChecking, 1) == 0)
        {
            _notifier.Post(() => TellView(replica));
        }
    }

    private void TellView(LiveReplica replica)
    {
        Volatile.Write(ref _isChecking, 0);
        var changed = replica.Read(state =>
        {
            var told = _toldView;
            _toldView = state.Confirmed is null ? null : state.View;
            return _toldView is null || _toldView.Equals(told) ? null : _toldView;
        });
        if (changed is not null)
        {
            Changed.Call(changed);
        }
    }
}
