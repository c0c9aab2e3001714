using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>
/// Looks after marks that stay: whatever their server was doing when it stopped, catalog and feed follow. Every server sweeps.
/// </summary>
internal sealed partial class SessionSweeper(
    SessionMarks marks, SessionFollower follower, LiveSessions sessions, IOptions<SessionsOptions> options, TimeProvider time,
    ILogger<SessionSweeper> logger) : PeriodicTask(time, logger)
{
    /// <summary>How long a change may still enter the log after its mark was set: so long the mark stays, whatever was swept.</summary>
    private readonly TimeSpan _late = (2 * options.Value.AppendPatience) + TimeSpan.FromSeconds(40);

    private readonly TimeProvider _time = time;

    /// <summary>The marks that were swept, and where the session itself had changed last at that time.</summary>
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
                // Those that follow are younger still.
                break;
            }

            try
            {
                _swept[(mark.Id, mark.Version)] = await SweepAsync(mark, before.TryGetValue((mark.Id, mark.Version), out var swept) ? swept : null);
                if (age >= _late)
                {
                    await marks.ClearAsync(mark);
                }
            }
            catch (Exception exception) when (exception is not EngineUnavailableException)
            {
                // The others need not wait for one session that cannot be read.
                LogFailed(logger, mark.Session, exception);
            }
        }
    }

    /// <summary>Brings catalog and feed to where the log is, unless the session itself has not changed since that was done.</summary>
    private async Task<Position> SweepAsync(SessionMark mark, Position? swept)
    {
        using var lease = sessions.Rent(mark.Session);
        var replica = await lease.Session.OpenAsync();
        var state = replica is null ? null : await replica.ReadLatestAsync();
        if (state is null)
        {
            await follower.RemoveIfGoneAsync(mark.Session);
            return default;
        }

        var changed = state.Position with { Sequence = state.State.InfoSequence };
        if (changed != swept)
        {
            LogSwept(logger, mark.Session);
            await follower.FollowAsync(mark.Session, before: null, state);
        }

        return changed;
    }

    [LoggerMessage(3232, LogLevel.Information, "A change of session {Session} was left half done; the catalog and the feed now follow.")]
    private static partial void LogSwept(ILogger logger, SessionKey session);

    [LoggerMessage(3233, LogLevel.Error, "What was left half done of session {Session} cannot be finished; it will be tried again.")]
    private static partial void LogFailed(ILogger logger, SessionKey session, Exception exception);
}
