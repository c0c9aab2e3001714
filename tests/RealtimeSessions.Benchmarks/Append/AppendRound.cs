using System.Diagnostics;
using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Append;

/// <summary>What a round of appends brought.</summary>
/// <param name="Rate">In a second.</param>
/// <param name="ProcessMicros">This process's time for one.</param>
/// <param name="RedisMicros">Redis's time for one, if it has part in it.</param>
/// <param name="Batch">How many went into a transaction on average, where that is counted.</param>
internal sealed record AppendRound(double Rate, double ProcessMicros, double? RedisMicros, int? Batch)
{
    /// <summary>Runs one.</summary>
    /// <param name="load">What appends.</param>
    /// <param name="time">How long.</param>
    /// <param name="redis">The process of Redis, if it has part in it.</param>
    /// <param name="commits">Counts the transactions, if that is wanted.</param>
    public static async Task<AppendRound> RunAsync(IAppendLoad load, TimeSpan time, int? redis = null, CommitCount? commits = null)
    {
        var before = commits?.Read();
        var used = new ProcessTime([Environment.ProcessId, .. redis is { } id ? new[] { id } : []]);
        var clock = Stopwatch.StartNew();
        var appends = await load.RunAsync(time);
        var seconds = clock.Elapsed.TotalSeconds;
        var micros = used.Used().Select(part => part.TotalMicroseconds / appends).ToArray();
        var transactions = commits?.Read() - before;
        await load.ClearAsync();
        return new AppendRound(
            appends / seconds, micros[0], redis is null ? null : micros[1],
            transactions is { } counted ? (int)Math.Max(1, appends / counted) : null);
    }
}
