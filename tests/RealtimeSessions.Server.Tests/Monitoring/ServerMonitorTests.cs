using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Monitoring;
using RealtimeSessions.Server.Storage;
using RealtimeSessions.Server.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Monitoring;

public sealed class ServerMonitorTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly RecordedLogs _logs = new();
    private readonly ServerMetrics _metrics = new(new Meters());
    private EngineHost _host = null!;
    private EngineProbe _probe = null!;
    private ServerMonitor _monitor = null!;

    public async Task InitializeAsync()
    {
        _host = new EngineHost(
            new ConfigurationBuilder().Build(), Options.Create(new StorageOptions { Directory = _folder.Path }), Options.Create(new LogOptions()), _time, _logs);
        await _host.OpenAsync();
        _probe = new EngineProbe(_host, _metrics, _time, _logs.CreateLogger<EngineProbe>());
        _monitor = new ServerMonitor(_metrics, _probe, _time);
    }

    public async Task DisposeAsync()
    {
        _monitor.Dispose();
        _metrics.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_logs.Errors);
    }

    [Fact]
    public void Sample_OfNothing_IsZeroAndHasNoDurations()
    {
        var sample = Sample();

        Assert.Equal(
            (0, 0, 0, 0, 0, 0), (sample.Connections, sample.Members, sample.Watchers, sample.Sessions, sample.Conversations, sample.Lagging));
        Assert.Equal((0, 0, 0, 0), (sample.CallsPerSecond, sample.EventsPerSecond, sample.DeliveriesPerSecond, sample.RefusalsPerSecond));
        Assert.Equal((null, null, null), (sample.DeliveryLag, sample.Append, sample.EngineLatency));
        Assert.True(sample.WorkingSet > 0 && sample.Heap > 0);
    }

    [Fact]
    public void Sample_OfWhatHappened_CountsItOnce()
    {
        for (var i = 0; i < 10; i++)
        {
            _metrics.Called(ServerMetrics.Hub, "PatchSessionData");
        }

        _metrics.Called(ServerMetrics.Rest, "GetSession");
        _metrics.Refused(ServerMetrics.Rest, ErrorCode.SessionNotFound);
        _metrics.Appended(3, TimeSpan.FromMilliseconds(5));
        _metrics.Passed(300, TimeSpan.FromMilliseconds(8));
        _metrics.Pumped(20);

        var (first, second) = (Sample(), Sample());

        Assert.Equal((5.5, 1.5, 160, 0.5), (first.CallsPerSecond, first.EventsPerSecond, first.DeliveriesPerSecond, first.RefusalsPerSecond));
        Assert.Equal((5, 8), (first.Append!.Max, first.DeliveryLag!.Max));
        Assert.Equal((0, 0, null), (second.CallsPerSecond, second.DeliveriesPerSecond, second.DeliveryLag));
    }

    [Fact]
    public void Sample_OfWhoIsThere_TellsTheKindsApart()
    {
        _metrics.ConnectionOpened();
        _metrics.ConnectionOpened();
        _metrics.ConnectionClosed();
        _metrics.Of(MemberKind.Session).Enter(isFirst: true);
        _metrics.Of(MemberKind.Session).Enter(isFirst: false);
        _metrics.Of(MemberKind.Session).CatchUp();
        _metrics.Of(MemberKind.Conversation).Enter(isFirst: true);
        _metrics.Of(MemberKind.Application).Enter(isFirst: true);
        _metrics.Of(MemberKind.Space).Enter(isFirst: true);
        _metrics.Of(MemberKind.Space).Leave(isLast: true, wasBehind: true);

        var sample = Sample();

        Assert.Equal(
            (1, 3, 1, 1, 1, 3), (sample.Connections, sample.Members, sample.Watchers, sample.Sessions, sample.Conversations, sample.Lagging));
    }

    [Fact]
    public void Sample_OfAnotherServersMetrics_HasNothing()
    {
        using var other = new ServerMetrics(new Meters());
        other.Called(ServerMetrics.Hub, "GetSession");
        other.ConnectionOpened();

        Assert.Equal((0, 0), (Sample().CallsPerSecond, Sample().Connections));
    }

    [Fact]
    public void SamplesAfter_MoreThanAreKept_HasTheLatest()
    {
        for (var i = 0; i < 310; i++)
        {
            Sample();
        }

        var all = _monitor.SamplesAfter(DateTimeOffset.MinValue);
        Assert.Equal(300, all.Count);
        Assert.Equal(_time.GetUtcNow(), all[^1].At);
        Assert.Equal(all.OrderBy(sample => sample.At), all);
        Assert.Equal(all.Skip(298), _monitor.SamplesAfter(all[297].At));
        Assert.Empty(_monitor.SamplesAfter(all[^1].At));
    }

    [Fact]
    public async Task Report_OfAnEngineThatAnswers_IsHealthy()
    {
        Assert.Null(_probe.Report().Latency);

        await _probe.BeginAsync();

        Assert.Equal(
            new EngineReport("embedded", _host.Engine.Description, EngineStatus.Healthy) { Latency = 0 }, _probe.Report());
        Assert.Equal(0, Sample().EngineLatency);
    }

    [Fact]
    public async Task Report_OfAnEngineThatIsClosed_IsUnavailable()
    {
        var report = _probe.Report();
        await _host.Engine.DisposeAsync();

        await _probe.BeginAsync();

        Assert.Equal(EngineStatus.Healthy, report.Status);
        Assert.Equal((EngineStatus.Unavailable, "The database is closed."), (_probe.Report().Status, _probe.Report().Problem));
    }

    private ServerSample Sample()
    {
        _time.Advance(ServerMonitor.Interval);
        _monitor.Sample();
        return _monitor.SamplesAfter(DateTimeOffset.MinValue)[^1];
    }
}
