namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// Decides when a channel passes on what is new. That is at once, until several events come in the time in which the writes of one pass are worked
/// off. Under such a load passes wait for each other, and keep a distance, up to a time that grows with the number of members: then batches grow,
/// and not the number of system calls.
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

    /// <summary>The load, in events that come while one pass is worked off, up to which passes wait for nothing, and from which they keep all of the distance.</summary>
    private const double LightLoad = 1.5, FullLoad = 10;

    /// <summary>How much one look counts for the load.</summary>
    private const double Weight = 0.2;

    // Timers count whole milliseconds.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private ITimer? _timer;
    private TimeSpan _distance;
    private long _watchedSince;
    private long _watchedAt;
    private long _passedAt;
    private double _load;
    private int _members;
    private int _events;
    private int _roundsLeft;
    private bool _isQueued;

    /// <summary>What it is doing. Under the channel's lock, as is all that follows.</summary>
    public PacerPhase Phase { get; private set; }

    private bool IsLight => _load < LightLoad;

    /// <summary>Something is new.</summary>
    public void Request()
    {
        if (Phase == PacerPhase.Resting || (Phase == PacerPhase.Draining && IsLight))
        {
            Pass();
        }
    }

    /// <summary>Passes now, whatever the distance.</summary>
    public void Pass()
    {
        (_members, var events) = channel.Pass();
        _events += events;
        if (_members < 2)
        {
            Phase = PacerPhase.Resting;
            return;
        }

        // One pass at a time is watched, and none whose predecessor was worked off long ago.
        var now = time.GetTimestamp();
        var isRare = time.GetElapsedTime(_passedAt, now) > LongestDistance;
        _passedAt = now;
        if (!IsLight || (Phase == PacerPhase.Resting && !isRare))
        {
            (Phase, _roundsLeft, _watchedAt) = (PacerPhase.Draining, RoundsOfAWrite, now);
            Queue();
        }
    }

    public void Execute()
    {
        lock (channel.Lock)
        {
            _isQueued = false;
            if (Phase != PacerPhase.Draining)
            {
                return;
            }

            if (--_roundsLeft > 0)
            {
                Queue();
                return;
            }

            var drained = Measure();
            if (_distance - drained is var rest && rest >= Tick)
            {
                Wait(rest);
            }
            else
            {
                Continue();
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Looks how long the pass was worked off, how many events have come meanwhile, and what distance that asks for.</summary>
    private TimeSpan Measure()
    {
        var now = time.GetTimestamp();
        var drained = time.GetElapsedTime(_watchedAt, now);
        var interval = time.GetElapsedTime(_watchedSince, now);
        var load = interval > TimeSpan.Zero ? Math.Min(_events * (drained / interval), 2 * FullLoad) : _load;
        _load += Weight * (load - _load);
        _distance = LongestDistance * Math.Clamp((_load - LightLoad) / (FullLoad - LightLoad), 0, 1);
        (_watchedSince, _events) = (now, 0);
        return drained;
    }

    private TimeSpan LongestDistance
    {
        get
        {
            var distance = options.PausePerMember * _members;
            return distance < options.MaximumPause ? distance : options.MaximumPause;
        }
    }

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
        Phase = PacerPhase.Waiting;
        _timer ??= time.CreateTimer(state => ((PassPacer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(rest, Timeout.InfiniteTimeSpan);
    }

    private void OnDue()
    {
        lock (channel.Lock)
        {
            if (Phase == PacerPhase.Waiting)
            {
                Continue();
            }
        }
    }

    private void Continue()
    {
        Phase = PacerPhase.Resting;
        if (channel.HasNews)
        {
            Pass();
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
    /// <returns>How many members it was written to, and how many events they were.</returns>
    (int Members, int Events) Pass();
}

/// <summary>What a pacer is doing.</summary>
internal enum PacerPhase
{
    /// <summary>Nothing: what is new is passed on at once.</summary>
    Resting,

    /// <summary>The writes of the last pass are being worked off.</summary>
    Draining,

    /// <summary>The next pass begins when the timer says so.</summary>
    Waiting,
}
