using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>
/// Looks after marks that stay: whatever their server was doing when it stopped, catalog and feed follow. Every server sweeps.
/// </summary>
internal sealed partial class SessionSweeper(
    SessionMarks marks, SessionFollower follower, SessionSummaries summaries, LiveSessions sessions, IOptions<SessionsOptions> options,
    TimeProvider time, ILogger<SessionSweeper> logger) : PeriodicTask(time, logger)
{
    /// <summary>How long a change may still enter the log after its mark was set: so long the mark stays, whatever was swept.</summary>
    private readonly TimeSpan _late = (2 * options.Value.AppendPatience) + TimeSpan.FromSeconds(40);

    private readonly TimeProvider _time = time;

    /// <summary>The marks that were swept, and the head of the session's log at that time.</summary>
    private Dictionary<(string Id, long Version), Position> _swept = [];

    protected override TimeSpan Interval => options.Value.SweepAfter / 2;

    public override async Task RunAsync()
    {
        var (now, before) = (_time.GetUtcNow(), _swept);
        _swept = [];
        await foreach (var mark in marks.ReadAsync())
        {
            var age = now - mark.Since;
            if (age < options.Value.SweepAfter)
            {
                continue;
            }

            var head = await SweepAsync(mark, before.TryGetValue((mark.Id, mark.Version), out var swept) ? swept : null);
            if (age < _late)
            {
                _swept[(mark.Id, mark.Version)] = head;
                continue;
            }

            await marks.ClearAsync(mark);
        }
    }

    /// <summary>Brings catalog and feed to where the log is, unless that was done at the same head.</summary>
    private async Task<Position> SweepAsync(SessionMark mark, Position? swept)
    {
        using var lease = sessions.Rent(mark.Session);
        var replica = await lease.Session.OpenAsync();
        var state = replica is null ? null : await replica.ReadLatestAsync();
        if (state is null)
        {
            await summaries.RemoveAsync(mark.Session);
            return default;
        }

        if (state.Position != swept)
        {
            LogSwept(logger, mark.Session);
            await follower.FollowAsync(mark.Session, before: null, state);
        }

        return state.Position;
    }

    [LoggerMessage(3232, LogLevel.Information, "A change of session {Session} was left half done; the catalog and the feed now follow.")]
    private static partial void LogSwept(ILogger logger, SessionKey session);
}
