using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Lanes.Following;

/// <summary>Something that every server does now and then in the background, and that can be done twice without harm.</summary>
internal abstract partial class PeriodicTask(TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>Does it once.</summary>
    public abstract Task RunAsync();

    /// <summary>How long to wait before the next time, roughly: servers that were started together do not stay together.</summary>
    protected abstract TimeSpan Interval { get; }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval * (0.75 + (Random.Shared.NextDouble() / 2)), time, stoppingToken);
            try
            {
                await RunAsync();
            }
            catch (EngineUnavailableException exception)
            {
                LogUnavailable(logger, GetType().Name, exception);
            }
            catch (Exception exception)
            {
                LogFailed(logger, GetType().Name, exception);
            }
        }
    }

    [LoggerMessage(3230, LogLevel.Warning, "{Task} waits: the storage cannot be reached.")]
    private static partial void LogUnavailable(ILogger logger, string task, Exception exception);

    [LoggerMessage(3231, LogLevel.Error, "{Task} failed and will try again.")]
    private static partial void LogFailed(ILogger logger, string task, Exception exception);
}
