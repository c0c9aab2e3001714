namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>
/// When members may be told again: at once after a rest, else when the last time is long enough ago for what it weighed. What has gathered
/// until then goes out together. Belongs to a lock, which it takes itself when its time has come.
/// </summary>
/// <param name="owner">The lock.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Tells; called under the lock.</param>
internal sealed class Pace(Lock owner, TimeProvider time, Action tell) : IDisposable
{
    /// <summary>What one session writes on one server in a second at most, in the long run.</summary>
    private const double BytesPerSecond = 32 * 1024 * 1024;

    private readonly long _start = time.GetTimestamp();
    private ITimer? _timer;
    private TimeSpan _next;
    private bool _hasEnded;

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
            tell();
            return;
        }

        IsWaiting = true;
        _timer ??= time.CreateTimer(static pace => ((Pace)pace!).OnTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
        _timer?.Dispose();
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private void OnTime()
    {
        lock (owner)
        {
            IsWaiting = false;
            if (!_hasEnded)
            {
                tell();
            }
        }
    }
}
