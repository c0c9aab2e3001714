using System.Diagnostics.Metrics;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Storage;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Storage;

public sealed class MeasuredEventLogTests : IAsyncLifetime
{
    private static readonly LogId Log = new("session/demo/board");

    private readonly TestStorage _storage = new(new LogOptions(), redis: null);
    private readonly ServerMetrics _metrics = new(new Meters());
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value)> _measured = [];

    public Task InitializeAsync()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_metrics.Owns(instrument))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _measured.Add((instrument.Name, value)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _measured.Add((instrument.Name, value)));
        _listener.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        _metrics.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task AppendAsync_OfSome_CountsWhatWasAppended()
    {
        var log = new MeasuredEventLog((await _storage.OpenAsync()).EventLog, _metrics, TimeProvider.System);

        await log.AppendAsync(Log, [Append(2) with { MustBeNew = true }, Append(4) with { MustBeNew = true }, Append(1)]);

        Assert.Equal((ServerMetrics.Names.Events, 3), _measured[0]);
        Assert.Equal(ServerMetrics.Names.AppendDuration, _measured[1].Name);
        Assert.InRange(_measured[1].Value, 0.000_000_1, 20);
        Assert.Equal(2, _measured.Count);
    }

    [Fact]
    public async Task AppendAsync_ThatFails_CountsNothing()
    {
        var engine = await _storage.OpenAsync();
        var log = new MeasuredEventLog(engine.EventLog, _metrics, TimeProvider.System);
        await engine.DisposeAsync();

        await Assert.ThrowsAsync<EngineUnavailableException>(() => log.AppendAsync(Log, [Append(1)]));

        Assert.Empty(_measured);
    }

    private static LogAppend Append(int events) => new()
    {
        Events = [.. Enumerable.Range(0, events).Select(_ => new NewEvent(Guid.NewGuid(), Make.Noon, new byte[] { 1 }))],
    };
}
