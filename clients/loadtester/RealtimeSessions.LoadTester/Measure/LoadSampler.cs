namespace RealtimeSessions.LoadTester.Measure;

/// <summary>Looks at a run each second. What the meter's histograms have counted goes over into those of the whole run.</summary>
/// <param name="meter">What the run counts.</param>
/// <param name="violations">How many things the checks have found wrong so far.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadSampler(LoadMeter meter, Func<long> violations, TimeProvider time)
{
    private readonly OwnProcess _process = new(time);
    private readonly Histogram _calls = new(), _deliveries = new();
    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _processorAtStart = OwnProcess.Processor;
    private (long At, long Answered, long Deliveries, long Bytes, long Errors, long Reconnects, long Violations) _before = (time.GetTimestamp(), 0, 0, 0, 0, 0, 0);

    /// <summary>The samples.</summary>
    public Timeline Timeline { get; } = new();

    /// <summary>From call to answer, over the whole run.</summary>
    public Histogram CallLatency { get; } = new();

    /// <summary>From call to receipt, over the whole run.</summary>
    public Histogram DeliveryLatency { get; } = new();

    /// <summary>How long the run has lasted.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Processor time that the tester has used in it.</summary>
    public TimeSpan Processor => OwnProcess.Processor - _processorAtStart;

    /// <summary>The most memory that was seen, in bytes.</summary>
    public long PeakMemory { get; private set; }

    /// <summary>Takes a sample. Not thread-safe.</summary>
    public LoadSample Take()
    {
        meter.CallLatency.DrainTo(_calls);
        meter.DeliveryLatency.DrainTo(_deliveries);
        var now = (
            At: time.GetTimestamp(), meter.Answered, meter.Deliveries, meter.Bytes,
            Errors: meter.Refused + meter.Failures + meter.Losses, meter.Reconnects, Violations: violations());
        var seconds = time.GetElapsedTime(_before.At, now.At).TotalSeconds;
        var sample = new LoadSample
        {
            At = time.GetElapsedTime(_start, now.At).TotalSeconds,
            Seconds = seconds,
            CallsPerSecond = Rate(now.Answered - _before.Answered),
            DeliveriesPerSecond = Rate(now.Deliveries - _before.Deliveries),
            BytesPerSecond = Rate(now.Bytes - _before.Bytes),
            Connections = meter.Open,
            InFlight = meter.InFlight,
            CallP50 = _calls.Percentile(0.5)?.TotalMilliseconds,
            CallP99 = _calls.Percentile(0.99)?.TotalMilliseconds,
            DeliveryP50 = _deliveries.Percentile(0.5)?.TotalMilliseconds,
            DeliveryP99 = _deliveries.Percentile(0.99)?.TotalMilliseconds,
            DeliveryP999 = _deliveries.Percentile(0.999)?.TotalMilliseconds,
            Errors = now.Errors - _before.Errors,
            Reconnects = now.Reconnects - _before.Reconnects,
            Violations = now.Violations - _before.Violations,
            Processors = _process.ReadProcessors(),
            Memory = _process.ReadMemory(),
        };
        _calls.DrainTo(CallLatency);
        _deliveries.DrainTo(DeliveryLatency);
        _before = now;
        PeakMemory = Math.Max(PeakMemory, sample.Memory);
        Timeline.Add(sample);
        return sample;

        double Rate(long count) => seconds == 0 ? 0 : count / seconds;
    }
}
