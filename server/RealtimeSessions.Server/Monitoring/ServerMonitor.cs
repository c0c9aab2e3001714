using System.Security.Cryptography;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Monitoring;

/// <summary>Takes samples of how this server does, and keeps the last 10 minutes of them.</summary>
internal sealed class ServerMonitor : BackgroundService
{
    /// <summary>From one sample to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private const int MaximumSamples = 300;
    private const int IdLength = 8;

    private readonly Lock _lock = new();
    private readonly Queue<ServerSample> _samples = new(MaximumSamples);
    private readonly ServerMetrics _metrics;
    private readonly EngineProbe _probe;
    private readonly MetricReader _reader;
    private readonly TimeProvider _time;
    private (long Timestamp, TimeSpan Cpu) _last;

    public ServerMonitor(ServerMetrics metrics, EngineProbe probe, TimeProvider time)
    {
        (_metrics, _probe, _time, _reader) = (metrics, probe, time, new MetricReader(metrics));
        StartedAt = time.GetUtcNow();
        _last = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    /// <summary>This server's id among those behind one address: random, another one after each start.</summary>
    public string ServerId { get; } = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", IdLength);

    public DateTimeOffset StartedAt { get; }

    /// <summary>The samples taken after a time, oldest first.</summary>
    public IReadOnlyList<ServerSample> SamplesAfter(DateTimeOffset time)
    {
        lock (_lock)
        {
            return [.. _samples.Where(sample => sample.At > time)];
        }
    }

    /// <summary>Takes a sample.</summary>
    public void Sample()
    {
        var now = (Timestamp: _time.GetTimestamp(), Cpu: Environment.CpuUsage.TotalTime);
        var seconds = _time.GetElapsedTime(_last.Timestamp, now.Timestamp).TotalSeconds;
        _metrics.EngineIs(_probe.Report().Status);
        _reader.ReadLevels();
        var sample = new ServerSample(WholeMilliseconds(_time.GetUtcNow()))
        {
            Connections = _reader.Level(ServerMetrics.Names.Connections),
            Members = _reader.Level(ServerMetrics.Names.Members, MemberKind.Session, MemberKind.Conversation),
            Watchers = _reader.Level(ServerMetrics.Names.Watchers, MemberKind.Application, MemberKind.Space),
            Sessions = _reader.Level(ServerMetrics.Names.Logs, MemberKind.Session),
            Conversations = _reader.Level(ServerMetrics.Names.Logs, MemberKind.Conversation),
            Lagging = _reader.Level(ServerMetrics.Names.Lagging, Enum.GetValues<MemberKind>()),
            CallsPerSecond = Rate(ServerMetrics.Names.Calls, seconds),
            EventsPerSecond = Rate(ServerMetrics.Names.Events, seconds),
            DeliveriesPerSecond = Rate(ServerMetrics.Names.Deliveries, seconds),
            RefusalsPerSecond = Rate(ServerMetrics.Names.Refusals, seconds),
            DeliveryLag = _reader.TakeDurations(ServerMetrics.Names.DeliveryLag),
            Append = _reader.TakeDurations(ServerMetrics.Names.AppendDuration),
            EngineLatency = _reader.TakeDurations(ServerMetrics.Names.EngineLatency)?.Max,
            Cpu = Math.Round((now.Cpu - _last.Cpu).TotalSeconds / seconds, 3),
            WorkingSet = Environment.WorkingSet,
            Heap = GC.GetTotalMemory(forceFullCollection: false),
        };
        _last = now;
        lock (_lock)
        {
            if (_samples.Count == MaximumSamples)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue(sample);
        }
    }

    public override void Dispose()
    {
        _reader.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (!stoppingToken.IsCancellationRequested)
        {
            // Nobody waits for it: a storage that does not answer is what is to be shown.
            _ = _probe.BeginAsync();
            await timer.WaitForNextTickAsync(stoppingToken);
            Sample();
        }
    }

    /// <summary>As it is written: whoever asks for what comes after a sample gives its time back.</summary>
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private double Rate(string name, double seconds) => Math.Round(_reader.TakeCount(name) / seconds, 1);
}
