namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// Timeouts for calls of which very many are made: those that begin within half a second share a timer, and wait up to so much longer.
/// Thread-safe.
/// </summary>
/// <param name="timeout">How long a call waits at least.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedTimeout(TimeSpan timeout, TimeProvider time)
{
    private static readonly TimeSpan Shared = TimeSpan.FromMilliseconds(500);

    private Slice? _slice;

    /// <summary>A token that is cancelled when a call that begins now has waited for too long.</summary>
    public CancellationToken Next()
    {
        var slice = _slice;
        if (slice is null || time.GetElapsedTime(slice.Began) >= Shared)
        {
            // Never disposed of: calls still hold its token, and it ends by itself.
            _slice = slice = new Slice(time.GetTimestamp(), new CancellationTokenSource(timeout + Shared, time).Token);
        }

        return slice.Token;
    }

    private sealed record Slice(long Began, CancellationToken Token);
}
