namespace RealtimeSessions.Server.Requests;

/// <summary>Counts what may be done at a rate: so much at once after a rest, and then so much a second. Not thread-safe.</summary>
/// <param name="perSecond">How many tokens come back in a second; positive.</param>
/// <param name="burst">How many there are at most, and at first.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(int perSecond, int burst, TimeProvider time)
{
    private double _tokens = burst;

    /// <summary>When a token was last asked for.</summary>
    public long AskedAt { get; private set; } = time.GetTimestamp();

    /// <summary>How long it takes until there is a token; zero or less if there is one. As of <see cref="AskedAt"/>.</summary>
    public TimeSpan NextIn => TimeSpan.FromTicks((long)Math.Ceiling((1 - _tokens) * TimeSpan.TicksPerSecond / perSecond));

    /// <summary>Takes a token, if there is one.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(AskedAt, now).TotalSeconds * perSecond));
        AskedAt = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
