using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Directory;

/// <summary>Keeps the users in use on this server current: reads those anew whose memberships another server has changed.</summary>
internal sealed partial class DirectoryFollower(
    DirectoryLog log, UserCache cache, IOptions<DirectoryOptions> options, TimeProvider time, ILogger<DirectoryFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hasLost = false;
        while (options.Value.Enabled && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What was read before is read again: it may have changed before the log was followed.
                await using var tail = log.Follow(await log.FindHeadAsync());
                await cache.RefreshAllAsync(regardless: hasLost);
                hasLost = false;
                await FollowAsync(tail, stoppingToken);
                hasLost = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                LogBehind(logger, exception);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Follows to the end of what can be followed.</summary>
    private async Task FollowAsync(ILogTail tail, CancellationToken stoppingToken)
    {
        while (await tail.ReadAsync(stoppingToken) is { Kind: TailBatchKind.Events } batch)
        {
            await cache.RefreshAsync(batch.Events.SelectMany(DirectoryLog.Read).Distinct());
        }
    }

    [LoggerMessage(3152, LogLevel.Warning, "The directory cannot be followed; the last known memberships hold.")]
    private static partial void LogBehind(ILogger logger, Exception exception);
}
