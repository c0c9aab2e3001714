namespace RealtimeSessions.LoadTester.Load;

/// <summary>Keeps one connection's calls below the rate that the server takes of one.</summary>
/// <param name="perSecond">How many; 0: any number.</param>
/// <param name="burst">How many at once.</param>
/// <param name="time">The clock.</param>
internal sealed class CallPace(double perSecond, int burst, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private double _used;

    /// <summary>Waits until another call may be made.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (perSecond <= 0)
        {
            return;
        }

        // What was not used in time is used no more, but for a burst.
        var elapsed = time.GetElapsedTime(_start).TotalSeconds * perSecond;
        _used = Math.Max(_used + 1, elapsed - burst + 1);
        var ahead = _used - elapsed;
        if (ahead > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(ahead / perSecond), time, cancellationToken);
        }
    }
}
