using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes.Following;

/// <summary>
/// Looks after marks that stay: whatever their server was doing when it stopped, catalog and feed follow. Every server sweeps.
/// </summary>
internal abstract partial class Sweeper<TKey, TState, TScene>(
    LogKind<TKey, TState> kind, Follower<TKey, TState, TScene> follower, LiveLogs<TKey, TState, TScene> logs, TimeProvider time, ILogger logger)
    : PeriodicTask(time, logger)
    where TKey : notnull
    where TState : class
{
    /// <summary>How long a change may still enter the log after its mark was set: so long the mark stays, whatever was swept.</summary>
    private readonly TimeSpan _late = (2 * kind.Settings.AppendPatience) + TimeSpan.FromSeconds(40);

    private readonly ILogger _logger = logger;
    private readonly TimeProvider _time = time;

    /// <summary>The marks that were swept, and where that which is followed had changed last at that time.</summary>
    private Dictionary<(string Id, long Version), Position> _swept = [];

    protected override TimeSpan Interval => kind.Settings.SweepAfter / 2;

    public override async Task RunAsync()
    {
        var (now, before) = (_time.GetUtcNow(), _swept);
        _swept = [];
        await foreach (var mark in follower.Marks.ReadAsync())
        {
            var age = now - mark.Since;
            if (age < kind.Settings.SweepAfter)
            {
                // Those that follow are younger still.
                break;
            }

            try
            {
                _swept[(mark.Id, mark.Version)] = await SweepAsync(mark, before.TryGetValue((mark.Id, mark.Version), out var swept) ? swept : null);
                if (age >= _late)
                {
                    await follower.Marks.ClearAsync(mark);
                }
            }
            catch (Exception exception) when (exception is not EngineUnavailableException)
            {
                // The others need not wait for one that cannot be read.
                LogFailed(_logger, kind.LogOf(mark.Key), exception);
            }
        }
    }

    /// <summary>Brings catalog and feed to where the log is, unless nothing that they follow has changed since that was done.</summary>
    private async Task<Position> SweepAsync(Mark<TKey> mark, Position? swept)
    {
        using var lease = logs.Rent(mark.Key);
        var replica = await lease.Log.OpenAsync();
        var state = replica is null ? null : await replica.ReadLatestAsync();
        if (state is null)
        {
            await follower.RemoveIfGoneAsync(mark.Key);
            return default;
        }

        var changed = state.Position with { Sequence = kind.FollowedOf(state.State) };
        if (changed != swept)
        {
            LogSwept(_logger, kind.LogOf(mark.Key));
            await follower.FollowAsync(mark.Key, before: null, state);
        }

        return changed;
    }

    [LoggerMessage(3232, LogLevel.Information, "A change of {Log} was left half done; the catalog and the feed now follow.")]
    private static partial void LogSwept(ILogger logger, LogId log);

    [LoggerMessage(3233, LogLevel.Error, "What was left half done of {Log} cannot be finished; it will be tried again.")]
    private static partial void LogFailed(ILogger logger, LogId log, Exception exception);
}
