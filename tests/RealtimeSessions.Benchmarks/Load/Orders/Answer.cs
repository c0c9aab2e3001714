namespace RealtimeSessions.Benchmarks.Load.Orders;

/// <summary>An answer of the load generator.</summary>
internal sealed record Answer
{
    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Failure { get; init; }

    /// <summary>Patches that were made and acknowledged.</summary>
    public long Patches { get; init; }

    /// <summary>Events that members received.</summary>
    public long Deliveries { get; init; }

    /// <summary>From the first patch to the last delivery.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Reads of the sockets that brought them.</summary>
    public long Reads { get; init; }

    /// <summary>Bytes that were received.</summary>
    public long Bytes { get; init; }

    /// <summary>Members that had been put out.</summary>
    public int PutOut { get; init; }

    /// <summary>Why, for one of them.</summary>
    public string? Reason { get; init; }

    /// <summary>From sending to receipt, where that was measured.</summary>
    public LatencyAnswer? Latency { get; init; }
}

/// <summary>Percentiles of all deliveries, in microseconds.</summary>
internal sealed record LatencyAnswer(double P50, double P99, double P999, double Maximum);
