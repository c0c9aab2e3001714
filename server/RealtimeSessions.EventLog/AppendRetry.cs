namespace RealtimeSessions.EventLog;

/// <summary>
/// Finds out what became of appends whose outcome is unknown, by looking for their event ids in the log. What can be sent again without
/// harm (under a writer's number, or for a new log) is sent again; of the rest a first try may still arrive, so it is only waited for.
/// </summary>
/// <param name="eventLog">The engine.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long to try.</param>
public sealed class AppendRetry(IEventLog eventLog, TimeProvider time, TimeSpan patience)
{
    private const int PageSize = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>As <see cref="IEventLog.AppendAsync"/>, but an exception only comes after the patience has run out.</summary>
    /// <param name="log">The log.</param>
    /// <param name="appends">The appends; their event ids must be new.</param>
    /// <param name="knownSequence">A sequence that all of them come after: the head that the caller last saw, 0 for a new log.</param>
    /// <returns>One result for each; null for one whose outcome is still unknown.</returns>
    public async Task<IReadOnlyList<AppendResult?>> AppendAsync(LogId log, IReadOnlyList<LogAppend> appends, long knownSequence)
    {
        var start = time.GetTimestamp();
        try
        {
            return await eventLog.AppendAsync(log, appends);
        }
        catch (EngineUnavailableException)
        {
        }

        var results = new AppendResult?[appends.Count];
        while (results.Contains(null) && time.GetElapsedTime(start) < patience)
        {
            await Task.Delay(Pause, time);
            try
            {
                await FindAsync(log, appends, results, knownSequence);
                await SendAgainAsync(log, appends, results, knownSequence);
            }
            catch (EngineUnavailableException)
            {
            }
        }

        return results;
    }

    /// <summary>Takes as appended what stands in the log.</summary>
    private async Task FindAsync(LogId log, IReadOnlyList<LogAppend> appends, AppendResult?[] results, long after)
    {
        while (await eventLog.ReadAsync(log, after, PageSize) is { Events.Count: > 0 } page)
        {
            for (var i = 0; i < appends.Count; i++)
            {
                if (results[i] is null && page.Events.FirstOrDefault(e => e.EventId == appends[i].Events[^1].EventId) is { } found)
                {
                    results[i] = new(AppendOutcome.Appended, page.Head.Position.Epoch, found.Sequence, page.Head.Guard);
                }
            }

            after = page.Events[^1].Sequence;
        }
    }

    private async Task SendAgainAsync(LogId log, IReadOnlyList<LogAppend> appends, AppendResult?[] results, long knownSequence)
    {
        var found = new AppendResult?[1];
        for (var i = 0; i < appends.Count; i++)
        {
            if (results[i] is null && (appends[i].Writer is not null || appends[i].MustBeNew))
            {
                var result = (await eventLog.AppendAsync(log, [appends[i]]))[0];
                if (result.Outcome is AppendOutcome.AlreadyExists or AppendOutcome.Duplicate)
                {
                    // This may be the first try, arrived meanwhile: then it stands in the log.
                    await FindAsync(log, [appends[i]], found, knownSequence);
                }

                (results[i], found[0]) = (found[0] ?? result, null);
            }
        }
    }
}
