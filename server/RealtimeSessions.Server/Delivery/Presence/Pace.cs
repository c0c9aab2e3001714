namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>
/// When members may be told again: at once after a rest, else when the last time is long enough ago for what it weighed. What has gathered
/// until then goes out together. Belongs to a lock, which it takes itself when its time has come.
/// </summary>
internal sealed class Pace : IDisposable
{
    /// <summary>What one session writes on one server in a second at most, in the long run.</summary>
    private const double BytesPerSecond = 32 * 1024 * 1024;

    private readonly TimeProvider _time;
    private readonly Action _tell;
    private readonly ITimer _timer;
    private TimeSpan _next;
    private bool _hasEnded;

    /// <param name="owner">The lock.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Tells; called under the lock.</param>
    public Pace(Lock owner, TimeProvider time, Action tell)
    {
        (_time, _tell) = (time, tell);
        _timer = time.CreateTimer(_ => OnTime(owner), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether something waits to be told.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Tells, at once or when it may be.</summary>
    public void Request()
    {
        if (IsWaiting || _hasEnded)
        {
            return;
        }

        var rest = _next - Now;
        if (rest <= TimeSpan.Zero)
        {
            _tell();
            return;
        }

        IsWaiting = true;
        _timer.Change(rest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something was told.</summary>
    /// <param name="bytes">What it weighed, all members together.</param>
    /// <param name="atLeast">How long nothing is told now at least.</param>
    public void Rest(long bytes, TimeSpan atLeast)
    {
        var now = Now;
        var cost = (_next > now ? _next : now) + TimeSpan.FromSeconds(bytes / BytesPerSecond);
        _next = cost > now + atLeast ? cost : now + atLeast;
    }

    /// <summary>Tells nothing more.</summary>
    public void Dispose()
    {
        _hasEnded = true;
        _timer.Dispose();
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    private void OnTime(Lock owner)
    {
        lock (owner)
        {
            IsWaiting = false;
            if (!_hasEnded)
            {
                _tell();
            }
        }
    }
}
