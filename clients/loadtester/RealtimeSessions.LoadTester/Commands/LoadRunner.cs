using RealtimeSessions.LoadTester.Load;
using RealtimeSessions.LoadTester.Report;
using RealtimeSessions.LoadTester.Traces;
using Spectre.Console;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary>Runs a load from its beginning to its report, watched and interruptible.</summary>
/// <param name="console">Where progress and report are shown.</param>
/// <param name="outputs">Where else the report goes.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadRunner(IAnsiConsole console, ReportOutputs outputs, TimeProvider time)
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="load">The load.</param>
    /// <param name="about">What it was asked to be.</param>
    /// <param name="cancellationToken">Ends it early, with the report so far.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="LoadException">It cannot be done.</exception>
    public async Task<int> RunAsync(ILoad load, RunDescription about, CancellationToken cancellationToken)
    {
        LoadReport? report = null;
        await ProgressView.Of(console).RunAsync(async show => report = await RunOrRemoveAsync(load, about, show, cancellationToken));
        ConsoleReport.Write(console, report!);
        await outputs.WriteAsync(report!);
        return report!.Held ? ExitCodes.Held : ExitCodes.Failed;
    }

    private async Task<LoadReport> RunOrRemoveAsync(ILoad load, RunDescription about, Action<ProgressState> show, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(load, about, show, cancellationToken);
        }
        catch (Exception exception) when (exception is LoadException or TraceException)
        {
            await load.Run.RemoveAsync(outputs.KeepSessions);
            throw;
        }
    }

    private async Task<LoadReport> RunAsync(ILoad load, RunDescription about, Action<ProgressState> show, CancellationToken cancellationToken)
    {
        var (run, startedAt) = (load.Run, time.GetUtcNow());
        using var watching = new CancellationTokenSource();
        var watch = WatchAsync(load, show, watching.Token);
        TimeSpan from, to;
        try
        {
            await PrepareAsync(load, cancellationToken);
            from = run.Sampler.Elapsed;
            if (!cancellationToken.IsCancellationRequested)
            {
                await load.LoadAsync(cancellationToken);
            }

            await run.EndAsync(load.Patience);
            to = run.HeardAt;
        }
        finally
        {
            await watching.CancelAsync();
            await watch;
            run.Sampler.Take();
        }

        var report = ReportBuilder.Build(load, about, new RunCourse(startedAt, from, to > from ? to : from, cancellationToken.IsCancellationRequested, []));
        var left = await run.RemoveAsync(outputs.KeepSessions);
        return left.Count == 0 ? report : report with { Notes = [.. report.Notes, NoteOf(left)] };
    }

    private static string NoteOf(IReadOnlyList<string> left)
    {
        var some = string.Join(", ", left.Take(3)) + (left.Count > 3 ? ", …" : "");
        return $"{left.Count} sessions could not be deleted, and are closed where that could be: {some}. The first of --users needs session:delete.";
    }

    private static async Task PrepareAsync(ILoad load, CancellationToken cancellationToken)
    {
        try
        {
            await load.PrepareAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The report tells how far it came.
        }
    }

    private async Task WatchAsync(ILoad load, Action<ProgressState> show, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SampleInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var sample = load.Run.Sampler.Take();
                show(new ProgressState(load.Run.Stage, load.Progress, sample, load.Run.Meter, load.Run.Findings));
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
