using System.Globalization;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Load;
using RealtimeSessions.LoadTester.Measure;

namespace RealtimeSessions.LoadTester.Report;

/// <summary>Makes the report of a run that is over.</summary>
internal static class ReportBuilder
{
    // Above this share of all processors it is the tester that does not keep up.
    private const double Limit = 0.85;

    /// <summary>The report.</summary>
    /// <param name="load">What was done.</param>
    /// <param name="about">What it was asked to be.</param>
    /// <param name="course">How it went.</param>
    public static LoadReport Build(ILoad load, RunDescription about, RunCourse course)
    {
        var (run, samples) = (load.Run, load.Run.Sampler.Timeline.Samples);
        var checks = Checks(load, course.WasInterrupted);
        var loading = samples.Where(sample => sample.At > course.LoadFrom.TotalSeconds && sample.At - sample.Seconds <= course.LoadTo.TotalSeconds).ToArray();
        var seconds = (course.LoadTo - course.LoadFrom).TotalSeconds;
        return new LoadReport
        {
            Command = about.Command,
            Title = about.Title,
            Server = about.Server,
            ServerVersion = about.ServerVersion,
            Settings = about.Settings,
            StartedAt = course.StartedAt,
            Seconds = run.Sampler.Elapsed.TotalSeconds,
            Interrupted = course.WasInterrupted,
            Checks = checks,
            Held = checks.All(check => check.Held is not false),
            Findings = run.Findings.Texts,
            Notes = [.. load.Notes, .. course.Notes],
            Traffic = Traffic(run, seconds),
            CallLatency = Latency(run.Sampler.CallLatency),
            DeliveryLatency = run.Sampler.DeliveryLatency.Count > 0 ? Latency(run.Sampler.DeliveryLatency) : null,
            Connections = new ReportedConnections(
                about.Connections, samples.Select(sample => sample.Connections).DefaultIfEmpty().Max(), run.Meter.Connects, run.Meter.Cuts, run.Meter.Losses,
                run.Meter.Failures, run.Meter.Resumed, run.Meter.Resets),
            Tester = Tester(run.Sampler, loading),
            Samples = samples,
        };
    }

    private static IReadOnlyList<ReportedCheck> Checks(ILoad load, bool wasInterrupted)
    {
        // What the command judges itself may find something more.
        var own = load.Judge(wasInterrupted);
        var (run, found) = (load.Run, load.Run.Findings);
        var (readers, sessions) = (load.Run.Sessions.Sum(session => session.Clients.Count), load.Run.Sessions.Count);
        ReportedCheck[] common =
        [
            Check("No event was lost", found.Count(Finding.Lost), "lost"),
            Check("No event came twice", found.Count(Finding.Doubled), "doubled"),
            Check("Events came in order", found.Count(Finding.OutOfOrder), "out of order"),
            Check("All readers were told the same", found.Count(Finding.Different), "differences"),
            Check("Own changes stand where their answers said", found.Count(Finding.Misplaced), "misplaced"),
            new(
                "Replicas are equal, and equal to the server's", run.Unanswered is null || found.Count(Finding.Unequal) > 0 ? found.Count(Finding.Unequal) == 0 : null,
                string.Create(CultureInfo.InvariantCulture, $"{readers:N0} readers of {sessions:N0} sessions")),
        ];
        ReportedCheck[] unanswered = run.Unanswered is { } why ? [new ReportedCheck("The server tells what it holds in the end", false, why)] : [];
        return [.. own.Select(outcome => new ReportedCheck(outcome.Name, outcome.Held, outcome.Detail)), .. common, .. unanswered];

        ReportedCheck Check(string name, long count, string what) => new(
            name, count == 0, count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{run.Meter.Deliveries:N0} events received")
                : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"));
    }

    private static ReportedTraffic Traffic(LoadRun run, double seconds)
    {
        var (meter, found) = (run.Meter, run.Findings);
        return new ReportedTraffic(
            run.Sessions.Count, meter.Sent, meter.Refused, meter.Refusals, meter.Deliveries, meter.Bytes, seconds,
            PerSecond(meter.Answered), PerSecond(meter.Deliveries),
            found.Count(Finding.Lost), found.Count(Finding.Doubled), found.Count(Finding.OutOfOrder), found.Count(Finding.Different),
            found.Count(Finding.Misplaced), found.Count(Finding.Unequal));

        double PerSecond(long count) => seconds <= 0 ? 0 : count / seconds;
    }

    private static ReportedLatency Latency(Histogram histogram)
    {
        return new(histogram.Count, At(0.5), At(0.9), At(0.99), At(0.999), At(1));

        double? At(double share) => histogram.Percentile(share)?.TotalMilliseconds;
    }

    private static ReportedProcess Tester(LoadSampler sampler, IReadOnlyList<LoadSample> loading)
    {
        var seconds = loading.Sum(sample => sample.Seconds);
        var busy = seconds == 0 ? 0 : loading.Sum(sample => sample.Processors * sample.Seconds) / seconds;
        var peak = loading.Select(sample => sample.Processors).DefaultIfEmpty().Max();
        return new ReportedProcess(
            Environment.ProcessorCount, busy, peak, sampler.Processor.TotalSeconds, sampler.PeakMemory, busy > Limit * Environment.ProcessorCount);
    }
}

/// <summary>What a run was asked to be.</summary>
/// <param name="Command">The command.</param>
/// <param name="Title">What it is about, in a line.</param>
/// <param name="Server">The server's address.</param>
/// <param name="ServerVersion">Its version, where it tells.</param>
/// <param name="Connections">How many connections there were to be.</param>
/// <param name="Settings">The rest, by name.</param>
internal sealed record RunDescription(
    string Command, string Title, Uri Server, string? ServerVersion, int Connections, IReadOnlyDictionary<string, string> Settings);

/// <summary>How a run went.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="LoadFrom">When the load began, counted from the run's beginning.</param>
/// <param name="LoadTo">When the last of it had arrived.</param>
/// <param name="WasInterrupted">Whether the user ended it early.</param>
/// <param name="Notes">What one should know besides.</param>
internal sealed record RunCourse(DateTimeOffset StartedAt, TimeSpan LoadFrom, TimeSpan LoadTo, bool WasInterrupted, IReadOnlyList<string> Notes);
