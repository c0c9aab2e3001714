namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// Decides when a channel passes on what is new. At rest that is at once. After a pass it waits until the writes of that pass have been worked
/// off; if something new has come by then, the server is under load, and the next pass keeps a distance from the last one that grows with the
/// number of members: batches grow, and not the number of system calls.
/// </summary>
/// <param name="channel">What it decides for. Its lock guards everything here.</param>
/// <param name="options">How long the distance is.</param>
/// <param name="time">The clock.</param>
internal sealed class PassPacer(IPaced channel, DeliveryOptions options, TimeProvider time) : IThreadPoolWorkItem, IDisposable
{
    /// <summary>
    /// A write goes through the thread pool's queue twice, to the connection's sender and to the socket's; what is queued behind it as often, and
    /// once more, comes after it.
    /// </summary>
    private const int RoundsOfAWrite = 3;

    private ITimer? _timer;
    private Phase _phase;
    private TimeSpan _distance;
    private long _passedAt;
    private int _roundsLeft;
    private bool _isQueued;

    private enum Phase
    {
        /// <summary>Nothing is under way.</summary>
        Resting,

        /// <summary>The writes of the last pass are being worked off.</summary>
        Draining,

        /// <summary>The next pass begins when the timer says so.</summary>
        Waiting,
    }

    /// <summary>Whether what is new would be passed on at once. Under the channel's lock.</summary>
    public bool IsResting => _phase == Phase.Resting;

    /// <summary>Something is new. Under the channel's lock.</summary>
    public void Request()
    {
        if (IsResting)
        {
            Pass();
        }
    }

    /// <summary>Passes now, whatever the distance. Under the channel's lock.</summary>
    public void Pass()
    {
        _passedAt = time.GetTimestamp();
        var members = channel.Pass();
        if (members < 2)
        {
            _phase = Phase.Resting;
            return;
        }

        var distance = options.PausePerMember * members;
        _distance = distance < options.MaximumPause ? distance : options.MaximumPause;
        (_phase, _roundsLeft) = (Phase.Draining, RoundsOfAWrite);
        Queue();
    }

    public void Execute()
    {
        lock (channel.Lock)
        {
            _isQueued = false;
            if (_phase != Phase.Draining)
            {
                return;
            }

            if (--_roundsLeft > 0)
            {
                Queue();
            }
            else if (!channel.HasNews)
            {
                _phase = Phase.Resting;
            }
            else
            {
                Wait(_distance - time.GetElapsedTime(_passedAt));
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Queue()
    {
        if (!_isQueued)
        {
            _isQueued = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void Wait(TimeSpan rest)
    {
        // Timers count whole milliseconds.
        if (rest < TimeSpan.FromMilliseconds(1))
        {
            Pass();
            return;
        }

        _phase = Phase.Waiting;
        _timer ??= time.CreateTimer(state => ((PassPacer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(rest, Timeout.InfiniteTimeSpan);
    }

    private void OnDue()
    {
        lock (channel.Lock)
        {
            if (_phase == Phase.Waiting)
            {
                Pass();
            }
        }
    }
}

/// <summary>A channel as its pacer sees it.</summary>
internal interface IPaced
{
    Lock Lock { get; }

    /// <summary>Whether anything waits to be passed on. Under the lock.</summary>
    bool HasNews { get; }

    /// <summary>Passes on what is new. Under the lock.</summary>
    /// <returns>How many members it was written to.</returns>
    int Pass();
}
