using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Storage;

namespace RealtimeSessions.Server.Monitoring;

/// <summary>Finds out how the storage does: by what it knows itself, and by a small read now and then, one at a time. Thread-safe.</summary>
internal sealed partial class EngineProbe(EngineHost host, ServerMetrics metrics, TimeProvider time, ILogger<EngineProbe> logger)
{
    /// <summary>Whoever takes longer for a small read is late.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Of which nothing is ever written: what is read is how it is read.</summary>
    private const string Scope = "probe";

    private readonly Lock _lock = new();
    private TimeSpan? _latency;
    private string? _failure;
    private long? _since;

    /// <summary>Begins to read, unless the last read is not answered yet.</summary>
    /// <returns>Completes with the read, whatever comes of it.</returns>
    public Task BeginAsync()
    {
        lock (_lock)
        {
            if (_since is not null)
            {
                return Task.CompletedTask;
            }

            _since = time.GetTimestamp();
        }

        return ReadAsync();
    }

    /// <summary>How it does.</summary>
    public EngineReport Report()
    {
        lock (_lock)
        {
            var engine = host.Engine;
            var waited = _since is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
            var latency = waited > Patience ? waited : _latency ?? TimeSpan.Zero;
            var problem = engine.Problem ?? _failure ?? (latency > Patience ? "A small read takes longer than a second." : null);
            var status = _failure is not null ? EngineStatus.Unavailable : problem is not null ? EngineStatus.Degraded : EngineStatus.Healthy;
            return new EngineReport(engine.Kind, engine.Description, status)
            {
                Problem = problem,
                Latency = _latency is { } last ? Math.Round(last.TotalMilliseconds, 3) : null,
            };
        }
    }

    private async Task ReadAsync()
    {
        string? failure = null;
        try
        {
            await host.Engine.Catalog.GetVersionAsync(Scope);
        }
        catch (EngineUnavailableException exception)
        {
            failure = exception.Message;
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception);
            failure = "The storage could not be read; the server has logged why.";
        }

        lock (_lock)
        {
            var latency = time.GetElapsedTime(_since!.Value);
            (_failure, _since) = (failure, null);
            if (failure is null)
            {
                _latency = latency;
                metrics.EngineAnswered(latency);
            }
        }
    }

    [LoggerMessage(3500, LogLevel.Error, "How the storage does could not be found out.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
