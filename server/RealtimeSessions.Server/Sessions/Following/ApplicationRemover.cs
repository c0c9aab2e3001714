using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>Removes the sessions and the feed of applications that were deleted.</summary>
internal sealed class ApplicationRemover(
    ApplicationStore applications, SessionSummaries summaries, SessionRemover sessions, FeedLog feeds, TimeProvider time,
    ILogger<ApplicationRemover> logger) : PeriodicTask(time, logger)
{
    /// <summary>How long after its deletion a session may still come to light that another server was making.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time = time;

    protected override TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    public override async Task RunAsync()
    {
        await foreach (var (application, deletedAt) in applications.EnumerateDeletedAsync())
        {
            var isEmpty = await RemoveSessionsAsync(application);
            if (isEmpty && _time.GetUtcNow() - deletedAt > Late)
            {
                await feeds.DeleteAsync(application);
                await applications.MarkSweptAsync(application);
            }
        }
    }

    /// <summary>Removes all sessions that the catalog knows.</summary>
    /// <returns>False if some could not be removed now.</returns>
    private async Task<bool> RemoveSessionsAsync(string application)
    {
        while (await summaries.FindAnyAsync(application) is { Count: > 0 } found)
        {
            var removed = 0;
            foreach (var summary in found)
            {
                removed += await sessions.RemoveAsync(new SessionKey(application, summary.Session.SessionId)) ? 1 : 0;
            }

            if (removed == 0)
            {
                return false;
            }
        }

        return true;
    }
}
