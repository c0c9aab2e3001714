using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Live;

/// <summary>Whom a live replica tells. Called under its lock.</summary>
internal interface INotices
{
    /// <summary>Tells what has happened.</summary>
    void Tell(ReplicaOutput output);

    /// <summary>Tells what is so, where it is another than was told.</summary>
    void TellState(SyncStatus status);
}

/// <summary>What the application is told, in order: of whatever is live the same; what there is besides, its own kind adds.</summary>
internal abstract class Notices : INotices
{
    private readonly Handlers<string> _left;
    private SyncStatus _toldStatus;
    private string? _leftReason;

    /// <param name="logger">Where it says what a handler threw.</param>
    /// <param name="replicaLock">The replica's lock.</param>
    protected Notices(ILogger logger, Lock replicaLock)
    {
        (Notifier, Lock) = (new Notifier(logger), replicaLock);
        _left = Notifier.Handlers<string>();
        Status = Notifier.Handlers<SyncStatus>();
        Reset = Notifier.Handlers<Position>();
    }

    public Handlers<SyncStatus> Status { get; }

    public Handlers<Position> Reset { get; }

    protected Notifier Notifier { get; }

    protected Lock Lock { get; }

    /// <summary>Adds a handler of the end, which is told at once if that has come.</summary>
    public IDisposable AddLeft(Action<string> handler)
    {
        lock (Lock)
        {
            var registration = _left.Add(handler);
            if (_leftReason is { } reason)
            {
                Notifier.Post(() => Notifier.Call([handler], reason));
            }

            return registration;
        }
    }

    public virtual void Tell(ReplicaOutput output)
    {
        switch (output)
        {
            case ReplicaOutput.WasReset reset:
                Reset.Post(reset.Position);
                break;
            case ReplicaOutput.Left left:
                _leftReason = left.Reason;
                _left.Post(left.Reason);
                break;
        }
    }

    public virtual void TellState(SyncStatus status)
    {
        if (status != _toldStatus)
        {
            _toldStatus = status;
            Status.Post(status);
        }
    }
}

/// <summary>What the application is told of what has a view.</summary>
internal abstract class Notices<TView> : Notices
    where TView : class
{
    private readonly Func<TView?> _view;
    private readonly Handlers<TView> _changed;
    private TView? _toldView;
    private int _isChecking;

    /// <param name="logger">Where it says what a handler threw.</param>
    /// <param name="replicaLock">The replica's lock.</param>
    /// <param name="view">What the application sees; null before the first state. Called under the lock.</param>
    protected Notices(ILogger logger, Lock replicaLock, Func<TView?> view)
        : base(logger, replicaLock)
    {
        _view = view;
        _changed = Notifier.Handlers<TView>();
    }

    /// <summary>Adds a handler of the view, to be told of what changes from now on.</summary>
    public IDisposable AddChanged(Action<TView> handler)
    {
        lock (Lock)
        {
            _toldView = _changed.IsEmpty ? _view() : _toldView;
            return _changed.Add(handler);
        }
    }

    public override void TellState(SyncStatus status)
    {
        base.TellState(status);

        // The view is looked at when it is its turn: what has changed until then is told together.
        if (!_changed.IsEmpty && Interlocked.Exchange(ref _isChecking, 1) == 0)
        {
            Notifier.Post(TellView);
        }
    }

    private void TellView()
    {
        Volatile.Write(ref _isChecking, 0);
        TView? changed;
        lock (Lock)
        {
            var told = _toldView;
            _toldView = _view();
            changed = _toldView is null || _toldView.Equals(told) ? null : _toldView;
        }

        if (changed is not null)
        {
            _changed.Call(changed);
        }
    }
}
