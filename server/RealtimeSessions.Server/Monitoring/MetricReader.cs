using System.Diagnostics.Metrics;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Monitoring;

/// <summary>
/// Listens to the server's instruments, as any other listener would: what the console shows is what operators export. What is measured may come
/// on any thread; it is read by one.
/// </summary>
internal sealed class MetricReader : IDisposable
{
    private readonly Dictionary<string, Count> _counts = [];
    private readonly Dictionary<string, Distribution> _distributions = [];
    private readonly Dictionary<(string Name, string Kind), long> _levels = [];
    private readonly MeterListener _listener = new();

    public MetricReader(ServerMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (metrics.Owns(instrument))
            {
                listener.EnableMeasurementEvents(instrument, StateFor(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) =>
        {
            if (state is Count count)
            {
                count.Add(value);
            }
            else
            {
                _levels[(instrument.Name, KindOf(tags))] = value;
            }
        });
        _listener.SetMeasurementEventCallback<double>((_, value, _, state) => (state as Distribution)?.Add(value));
        _listener.Start();
    }

    /// <summary>Reads the levels as they are now.</summary>
    public void ReadLevels() => _listener.RecordObservableInstruments();

    /// <summary>A level as it was read last, all of its kinds together or some of them.</summary>
    public long Level(string name, params MemberKind[] kinds) =>
        kinds is [] ? _levels.GetValueOrDefault((name, "")) : kinds.Sum(kind => _levels.GetValueOrDefault((name, ServerMetrics.NameOf(kind))));

    /// <summary>What was counted since this was asked last.</summary>
    public long TakeCount(string name) => _counts[name].Take();

    /// <summary>What was timed since this was asked last; null: nothing.</summary>
    public DurationSummary? TakeDurations(string name) => _distributions[name].Take();

    public void Dispose() => _listener.Dispose();

    private object? StateFor(Instrument instrument) => instrument switch
    {
        Counter<long> => _counts[instrument.Name] = new Count(),
        Histogram<double> => _distributions[instrument.Name] = new Distribution(),
        _ => null,
    };

    private static string KindOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == ServerMetrics.Kind)
            {
                return (string)value!;
            }
        }

        return "";
    }

    /// <summary>Counts, from any thread.</summary>
    private sealed class Count
    {
        private long _value;

        public void Add(long more) => Interlocked.Add(ref _value, more);

        public long Take() => Interlocked.Exchange(ref _value, 0);
    }
}
