using System.Diagnostics;
using RealtimeSessions.EventLog.Tests.Model;
using RealtimeSessions.EventLog.Tests.Support;
using Xunit.Abstractions;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Random sequences of operations, compared step by step with <see cref="LogModel"/>.</summary>
public abstract class RandomSequenceConformance(IEngineFixture fixture, ITestOutputHelper output) : EngineConformance(fixture)
{
    private const int Sequences = 200;
    private const int Operations = 60;
    private static readonly TimeSpan ShrinkingTime = TimeSpan.FromSeconds(10);
    private int _logs;
    private int _failures;

    [Fact]
    public async Task RandomSequences_OnEveryServer_AreAsTheModelSays()
    {
        var seeds = Enumerable.Range(1, Sequences * TestScale.Factor);
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) =>
        {
            var operations = LogOperations.Generate(seed, Operations);
            if (_failures == 0 && await RunAsync(operations) is { } failure && Interlocked.Increment(ref _failures) == 1)
            {
                var (shortest, lastFailure) = await ShrinkAsync(operations, failure);
                output.WriteLine($"seed {seed}, {shortest.Count} operations left of {Operations}:");
                output.WriteLine(string.Join(Environment.NewLine, shortest));
                Assert.Fail($"seed {seed}: {lastFailure}");
            }
        });
    }

    /// <summary>Takes out every operation without which the sequence still fails, as far as the time suffices.</summary>
    private async Task<(IReadOnlyList<LogOperation> Operations, string Failure)> ShrinkAsync(
        IReadOnlyList<LogOperation> operations, string failure)
    {
        var shrinking = Stopwatch.StartNew();
        for (var i = operations.Count - 1; i >= 0 && shrinking.Elapsed < ShrinkingTime; i--)
        {
            LogOperation[] without = [.. operations.Take(i), .. operations.Skip(i + 1)];
            if (await RunAsync(without) is { } stillFails)
            {
                (operations, failure) = (without, stillFails);
            }
        }

        return (operations, failure);
    }

    /// <summary>Runs a sequence on a log of its own; answers what failed, or null.</summary>
    private async Task<string?> RunAsync(IReadOnlyList<LogOperation> operations)
    {
        var other = await OtherServerAsync();
        await using var run = new LogModelRun([Logs, other.EventLog], new LogId($"random/{Interlocked.Increment(ref _logs)}"));
        LogOperation? current = null;
        try
        {
            foreach (var operation in operations)
            {
                current = operation;
                await run.StepAsync(operation);
            }

            current = null;
            await run.FinishAsync();
            return null;
        }
        catch (Exception exception)
        {
            return $"{current?.ToString() ?? "at the end"}: {exception}";
        }
    }
}
