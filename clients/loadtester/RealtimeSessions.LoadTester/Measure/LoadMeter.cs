using System.Collections.Concurrent;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.LoadTester.Measure;

/// <summary>What a run has done so far, counted by all of its connections. Thread-safe.</summary>
internal sealed class LoadMeter
{
    private readonly ConcurrentDictionary<string, long> _refusals = new();
    private long _sent, _answered, _refused, _deliveries, _bytes;
    private long _open, _connects, _cuts, _losses, _failures, _resumed, _resets;

    /// <summary>From the moment a call was due to its answer.</summary>
    public Histogram CallLatency { get; } = new();

    /// <summary>From the moment a call was due to the receipt of its event, at each connection that gets it.</summary>
    public Histogram DeliveryLatency { get; } = new();

    /// <summary>Calls sent.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Calls that were answered, refusals included.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Calls that were refused.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Calls without an answer yet.</summary>
    public long InFlight => Math.Max(0, Sent - Answered);

    /// <summary>Events received, counted at each connection.</summary>
    public long Deliveries => Volatile.Read(ref _deliveries);

    /// <summary>Bytes received, where the connection tells; of the .NET client it is not known.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Connections that are in their sessions now.</summary>
    public long Open => Volatile.Read(ref _open);

    /// <summary>Joins that succeeded, first ones and those after a lost connection.</summary>
    public long Connects => Volatile.Read(ref _connects);

    /// <summary>Connections that the tester cut on purpose.</summary>
    public long Cuts => Volatile.Read(ref _cuts);

    /// <summary>Connections that ended otherwise while the load was on.</summary>
    public long Losses => Volatile.Read(ref _losses);

    /// <summary>Attempts to connect that failed.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Joins that went on where the connection before had been.</summary>
    public long Resumed => Volatile.Read(ref _resumed);

    /// <summary>Joins that could not: they got the state instead of what was missed.</summary>
    public long Resets => Volatile.Read(ref _resets);

    /// <summary>Connections that came back after they were cut or lost.</summary>
    public long Reconnects => Resumed + Resets;

    /// <summary>How often which error came, by its code.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    public void CallSent() => Interlocked.Increment(ref _sent);

    public void CallAnswered(TimeSpan latency)
    {
        CallLatency.Add(latency);
        Interlocked.Increment(ref _answered);
    }

    public void CallRefused(ErrorCode code)
    {
        _refusals.AddOrUpdate(code.Name, 1, static (_, count) => count + 1);
        Interlocked.Increment(ref _refused);
        Interlocked.Increment(ref _answered);
    }

    /// <summary>An event came that was sent in this run.</summary>
    public void Delivered(TimeSpan latency)
    {
        DeliveryLatency.Add(latency);
        Interlocked.Increment(ref _deliveries);
    }

    /// <summary>An event came; when it was sent is not known.</summary>
    public void Delivered() => Interlocked.Increment(ref _deliveries);

    public void Received(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Opened()
    {
        Interlocked.Increment(ref _open);
        Interlocked.Increment(ref _connects);
    }

    public void Closed() => Interlocked.Decrement(ref _open);

    public void Cut() => Interlocked.Increment(ref _cuts);

    public void Lost() => Interlocked.Increment(ref _losses);

    public void ConnectFailed() => Interlocked.Increment(ref _failures);

    public void ResumedThere() => Interlocked.Increment(ref _resumed);

    public void WasReset() => Interlocked.Increment(ref _resets);
}
