using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Applications;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>The feeds of applications as logs.</summary>
internal sealed partial class FeedLog(IEventLog eventLog, IOptions<SessionsOptions> options, TimeProvider time, ILogger<FeedLog> logger)
    : IRoleObserver
{
    /// <summary>Makes an application's feed, unless there is one.</summary>
    public Task OpenAsync(string applicationId)
    {
        var opening = new NewEvent(Guid.CreateVersion7(), time.GetUtcNow(), FeedEvent.Opening);
        return eventLog.AppendAsync(FeedEvent.Log(applicationId), [new LogAppend { Events = [opening], MustBeNew = true }]);
    }

    /// <summary>Appends changes, each under its number.</summary>
    /// <returns>The number of a change that is lacking before them; null: none is, and all of them are there.</returns>
    public async Task<long?> AppendAsync(string applicationId, IReadOnlyList<LogAppend> appends)
    {
        var log = FeedEvent.Log(applicationId);
        var results = await eventLog.AppendAsync(log, appends);
        if (results.Any(result => result.Outcome == AppendOutcome.NotFound))
        {
            await OpenAsync(applicationId);
            results = await eventLog.AppendAsync(log, appends);
        }

        if (results.FirstOrDefault(result => result.SnapshotDue) is { } due)
        {
            await TrimAsync(log, due);
        }

        return results.FirstOrDefault(result => result.Outcome == AppendOutcome.WriterGap)?.NextNumber;
    }

    /// <summary>Notes in an application's feed, if there is one, that roles have changed.</summary>
    public async Task OnRolesChangedAsync(string applicationId)
    {
        try
        {
            var change = new NewEvent(Guid.CreateVersion7(), time.GetUtcNow(), FeedEvent.RoleChange);
            await eventLog.AppendAsync(FeedEvent.Log(applicationId), [new LogAppend { Events = [change] }]);
        }
        catch (EngineUnavailableException exception)
        {
            LogUnnoted(logger, applicationId, exception);
        }
    }

    /// <summary>Removes an application's feed.</summary>
    public Task DeleteAsync(string applicationId) => eventLog.DeleteAsync(FeedEvent.Log(applicationId));

    /// <summary>A feed is there to be resumed from; what happened long ago the catalog knows.</summary>
    private async Task TrimAsync(LogId log, AppendResult due)
    {
        await eventLog.WriteSnapshotAsync(log, new LogSnapshot(new(due.Epoch, due.Sequence), FeedFold.Snapshot));
        if (due.Sequence > options.Value.RetainedFeedEvents)
        {
            await eventLog.TrimAsync(log, new LogSnapshot(new(due.Epoch, due.Sequence - options.Value.RetainedFeedEvents), FeedFold.Snapshot));
        }
    }

    [LoggerMessage(3222, LogLevel.Warning, "The feed of application {Application} does not tell of a change of roles: the storage cannot be reached.")]
    private static partial void LogUnnoted(ILogger logger, string application, Exception exception);
}
