using System.Globalization;
using RealtimeSessions.LoadTester.Connections.Lean;

namespace RealtimeSessions.LoadTester.Load;

/// <summary>
/// A steady load: patches at a rate, whatever becomes of them, by connections that take turns, while others are cut and come back. Latency counts from when a patch was due, so
/// that a server that stands still for a second is seen to.
/// </summary>
/// <param name="run">What every run is made of.</param>
/// <param name="options">How.</param>
/// <param name="time">The clock.</param>
internal sealed class SoakRun(LoadRun run, SoakOptions options, TimeProvider time) : ILoad
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    // Beyond this much without an answer no more is sent: the server does not keep up, and memory has an end.
    private static readonly TimeSpan MostInFlight = TimeSpan.FromSeconds(10);
    private const int FewestInFlight = 1_000;

    private readonly SoakPatch _patch = new(options.PatchBytes);
    private LeanClient[] _clients = [];
    private long _start;
    private long _sent;
    private long _heldBack;

    public LoadRun Run => run;

    public TimeSpan Patience => options.Patience;

    public double? Progress => _start == 0 ? null : Math.Min(1, time.GetElapsedTime(_start) / options.Duration);

    public IReadOnlyList<string> Notes => _heldBack == 0
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{_heldBack:N0} patches were not sent, since too many had no answer: the server does not take {options.Rate:N0} a second.")];

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < options.Sessions; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{options.SessionPrefix ?? run.Id}-{i + 1}");
            var connections = (options.Connections / options.Sessions) + (i < options.Connections % options.Sessions ? 1 : 0);
            await run.AddSessionAsync(id, $"Soak {i + 1}", start: null, connections, cancellationToken);
        }

        await run.ConnectAsync(options.ConnectRate, cancellationToken);

        // Turns go round the sessions, so that each gets its share of the rate.
        _clients = [.. from turn in Enumerable.Range(0, run.Sessions.Max(session => session.Clients.Count))
                       from session in run.Sessions
                       where turn < session.Clients.Count
                       select (LeanClient)session.Clients[turn]];
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        run.Begin("Soaking");
        _start = time.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(options.Duration);
        await Task.WhenAll(PatchAsync(over.Token), CutAsync(over.Token));
    }

    public IReadOnlyList<CheckOutcome> Judge(bool wasInterrupted)
    {
        var meter = run.Meter;
        return
        [
            new(
                "Every patch was answered, and none refused", meter is { InFlight: 0, Refused: 0 },
                string.Create(CultureInfo.InvariantCulture, $"{meter.Answered - meter.Refused:N0} of {meter.Sent:N0} patches made")),
        ];
    }

    private async Task PatchAsync(CancellationToken cancellationToken)
    {
        var mostInFlight = Math.Max(FewestInFlight, options.Rate * MostInFlight.TotalSeconds);
        using var timer = new PeriodicTimer(Tick, time);
        while (await TickAsync(timer, cancellationToken))
        {
            for (var due = (long)(time.GetElapsedTime(_start).TotalSeconds * options.Rate); _sent < due; _sent++)
            {
                if (run.Meter.InFlight >= mostInFlight)
                {
                    _heldBack++;
                    continue;
                }

                var dueAt = _start + (long)(_sent / options.Rate * time.TimestampFrequency);
                _ = _clients[_sent % _clients.Length].CallAsync(_patch.Make(_sent), dueAt);
            }
        }
    }

    /// <summary>Cuts one after the other, in an order made by chance.</summary>
    private async Task CutAsync(CancellationToken cancellationToken)
    {
        if (options.ReconnectRate <= 0)
        {
            return;
        }

        var cut = 0L;
        using var timer = new PeriodicTimer(Tick, time);
        while (await TickAsync(timer, cancellationToken))
        {
            for (var due = (long)(time.GetElapsedTime(_start).TotalMinutes * options.ReconnectRate); cut < due; cut++)
            {
                _clients[Random.Shared.Next(_clients.Length)].Cut();
            }
        }
    }

    private static async ValueTask<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
