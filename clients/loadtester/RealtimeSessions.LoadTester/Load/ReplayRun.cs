using System.Globalization;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Traces;

namespace RealtimeSessions.LoadTester.Load;

/// <summary>Replays traces, each copy in its own session, all at the same time, and compares what its readers hold in the end with what the trace expects.</summary>
/// <param name="run">What every run is made of.</param>
/// <param name="options">How.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplayRun(LoadRun run, ReplayOptions options, TimeProvider time) : ILoad
{
    private readonly List<ReplayCopy> _copies = [];
    private bool _isLoading;

    public LoadRun Run => run;

    public TimeSpan Patience => options.Patience;

    /// <summary>The copies.</summary>
    public IReadOnlyList<ReplayCopy> Copies => _copies;

    public double? Progress => !_isLoading ? null : (double)_copies.Sum(copy => copy.Made + copy.PassedOver) / Math.Max(1, _copies.Sum(copy => copy.Trace.Header.Calls));

    public IReadOnlyList<string> Notes => [.. NotesOf()];

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var file in options.Files)
        {
            var trace = Trace.Load(file);
            for (var copy = 0; copy < options.Copies; copy++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{options.SessionPrefix ?? run.Id}-{_copies.Count + 1}");
                var connections = Math.Max(trace.Header.Connections, options.Connections ?? 0);
                var session = await run.AddSessionAsync(id, trace.Header.Name, trace.Header.Start, connections, cancellationToken);
                _copies.Add(new ReplayCopy(trace, session, options, time));
            }
        }

        await run.ConnectAsync(options.ConnectRate, cancellationToken);
    }

    public Task LoadAsync(CancellationToken cancellationToken)
    {
        _isLoading = true;
        run.Begin("Replaying");
        return Task.WhenAll(_copies.Select(copy => copy.RunAsync(cancellationToken)));
    }

    public IReadOnlyList<CheckOutcome> Judge(bool wasInterrupted)
    {
        var whole = _copies.Count(copy => copy.IsWhole);
        var expecting = _copies.Where(copy => copy.Trace.Header.Expect is not null).ToArray();
        var outcomes = new List<CheckOutcome>
        {
            new(
                "Every call of the traces was made", wasInterrupted && run.Meter.Refused == 0 ? null : whole == _copies.Count,
                string.Create(CultureInfo.InvariantCulture, $"{_copies.Sum(copy => copy.Made):N0} calls, {whole} of {_copies.Count} copies to their end")),
        };
        if (expecting.Length > 0)
        {
            var judged = expecting.Where(copy => copy.IsWhole).ToArray();
            var wrong = judged.SelectMany(Differences).ToArray();
            foreach (var difference in wrong)
            {
                run.Findings.Add(Finding.Unequal, () => difference);
            }

            outcomes.Add(new(
                "Readers hold what the traces expect", judged.Length == 0 ? null : wrong.Length == 0,
                judged.Length == 0 ? "no copy came to its end" : string.Create(CultureInfo.InvariantCulture, $"{judged.Length} of {expecting.Length} copies compared: edits, text, data")));
        }

        return outcomes;
    }

    private static IEnumerable<string> Differences(ReplayCopy copy)
    {
        var (expect, ledger) = (copy.Trace.Header.Expect!, copy.Session.Ledger);
        if (expect.Edits is { } edits && edits != ledger.Text.Edits)
        {
            yield return $"{ledger.Name} has {ledger.Text.Edits} edits, and its trace expects {edits}.";
        }

        if (expect.Text is { } text && (ledger.Text.Problem ?? (ledger.Text.Describe() == text ? null : "its text is another one")) is { } problem)
        {
            yield return $"{ledger.Name} is not what its trace expects: {problem}.";
        }

        if (expect.Data is { } data && !data.Equals(ledger.Data))
        {
            yield return $"{ledger.Name} holds other data than its trace expects.";
        }
    }

    private IEnumerable<string> NotesOf()
    {
        if (_copies.Sum(copy => copy.PassedOver) is > 0 and var passedOver)
        {
            yield return $"{passedOver:N0} calls would have changed the tester's own users as participants, and were passed over.";
        }

        if (options.Speed is not null && _copies.Max(copy => copy.Behind) is { TotalSeconds: > 1 } behind)
        {
            yield return $"Calls went out up to {behind.TotalSeconds:N1} s later than the traces say: answers came too slowly for this speed.";
        }

        if (options.CallsPerSecond > 0 && options.Speed is null)
        {
            yield return $"The server takes {options.CallsPerSecond:N0} calls a second of a connection, so no connection made more. Limits:CallsPerSecond=0 there lifts that.";
        }
    }
}
