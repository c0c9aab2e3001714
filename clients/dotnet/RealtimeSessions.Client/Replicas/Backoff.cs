using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Replicas;

/// <summary>How long to wait before a call is made again: 1 s, doubled each time, 30 s at most.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Most = TimeSpan.FromSeconds(30);
    private TimeSpan _next = First;

    /// <summary>What the server asks for; null: nothing.</summary>
    public static TimeSpan? RetryAfter(Error error) =>
        error.Details?["retryAfter"]?.GetValue<double>() is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, Most.TotalSeconds)) : null;

    /// <summary>How long this time.</summary>
    public TimeSpan Next()
    {
        var next = _next;
        _next = TimeSpan.FromTicks(Math.Min(next.Ticks * 2, Most.Ticks));
        return next;
    }

    /// <summary>A call has gone well.</summary>
    public void Reset() => _next = First;
}
