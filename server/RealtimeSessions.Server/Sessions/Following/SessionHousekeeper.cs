using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>Closes sessions in which nothing has happened for long, and deletes those closed long ago, where the settings say so.</summary>
internal sealed partial class SessionHousekeeper(
    ApplicationStore applications, SessionSummaries summaries, SessionService sessions, SessionRemover remover, IEventLog eventLog,
    IOptions<SessionsOptions> options, TimeProvider time, ILogger<SessionHousekeeper> logger) : PeriodicTask(time, logger)
{
    private static readonly TimeSpan MaximumInterval = TimeSpan.FromMinutes(1);

    private readonly SessionsOptions _options = options.Value;
    private readonly TimeProvider _time = time;

    /// <summary>Often enough for the settings.</summary>
    protected override TimeSpan Interval =>
        new[] { _options.CloseIdleAfter, _options.DeleteClosedAfter, 10 * MaximumInterval }.Where(setting => setting > TimeSpan.Zero).Min() / 10;

    public override async Task RunAsync()
    {
        if (_options.CloseIdleAfter == TimeSpan.Zero && _options.DeleteClosedAfter == TimeSpan.Zero)
        {
            return;
        }

        await foreach (var application in applications.EnumerateAsync())
        {
            await EachAsync(application, SessionStatus.Open, _options.CloseIdleAfter, CloseIfIdleAsync);
            await EachAsync(application, SessionStatus.Closed, _options.DeleteClosedAfter, DeleteAsync);
        }
    }

    /// <summary>Does something with the sessions of a status that have been at rest for long. None comes up again: it changes, or is found not to be at rest.</summary>
    private async Task EachAsync(string application, SessionStatus status, TimeSpan rest, Func<SessionSummary, Task> act)
    {
        if (rest > TimeSpan.Zero)
        {
            foreach (var summary in await summaries.FindAtRestAsync(application, status, _time.GetUtcNow() - rest))
            {
                await act(summary);
            }
        }
    }

    /// <summary>The catalog does not know of patches and custom events, so the log is asked; if it tells of a later event, the catalog remembers that.</summary>
    private async Task CloseIfIdleAsync(SessionSummary summary)
    {
        var key = new SessionKey(summary.Session.ApplicationId, summary.Session.SessionId);
        if (await eventLog.ReadAsync(key.Log, 0, 0) is not { Head: var head })
        {
            await remover.RemoveIfGoneAsync(key);
        }
        else if (await eventLog.ReadAsync(key.Log, head.Position.Sequence - 1, 1) is { Events: [var last, ..] })
        {
            if (_time.GetUtcNow() - last.CreatedAt < _options.CloseIdleAfter)
            {
                await summaries.RememberActivityAsync(key, last.CreatedAt);
            }
            else if ((await sessions.CloseIdleAsync(key, last.Sequence)).TryGet(out var ack, out _) && ack.Count > 0)
            {
                LogClosed(logger, key);
            }
        }
    }

    private async Task DeleteAsync(SessionSummary summary)
    {
        var key = new SessionKey(summary.Session.ApplicationId, summary.Session.SessionId);
        if (await remover.RemoveAsync(key))
        {
            LogDeleted(logger, key);
        }
    }

    [LoggerMessage(3250, LogLevel.Information, "Session {Session} was closed: nothing had happened in it for long.")]
    private static partial void LogClosed(ILogger logger, SessionKey session);

    [LoggerMessage(3251, LogLevel.Information, "Session {Session} was deleted: it had been closed long ago.")]
    private static partial void LogDeleted(ILogger logger, SessionKey session);
}
