using System.Globalization;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Measure;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RealtimeSessions.LoadTester.Report;

/// <summary>Shows how a run goes: in place on a terminal, else as lines now and then.</summary>
internal abstract class ProgressView
{
    /// <summary>The view that fits a console.</summary>
    public static ProgressView Of(IAnsiConsole console) => console.Profile.Capabilities.Interactive ? new LiveView(console) : new LineView(console);

    /// <summary>Shows what a run tells, until it is over.</summary>
    public abstract Task RunAsync(Func<Action<ProgressState>, Task> run);

    private sealed class LiveView(IAnsiConsole console) : ProgressView
    {
        public override Task RunAsync(Func<Action<ProgressState>, Task> run) => console
            .Live(new Markup("Connecting …")).AutoClear(true)
            .StartAsync(context => run(state =>
            {
                context.UpdateTarget(Render(state));
                context.Refresh();
            }));

        private static IRenderable Render(ProgressState state)
        {
            var table = new Grid().AddColumns(6);
            var (sample, meter) = (state.Sample, state.Meter);
            table.AddRow(Label("calls/s"), Value(sample.CallsPerSecond), Label("deliveries/s"), Value(sample.DeliveriesPerSecond), Label("connections"), Value(sample.Connections));
            table.AddRow(Label("call p50"), Time(sample.CallP50), Label("call p99"), Time(sample.CallP99), Label("in flight"), Value(sample.InFlight));
            table.AddRow(Label("delivery p50"), Time(sample.DeliveryP50), Label("delivery p99"), Time(sample.DeliveryP99), Label("reconnects"), Value(meter.Reconnects));
            table.AddRow(
                Label("violations"), Count(state.Findings.Total), Label("errors"), Count(meter.Refused + meter.Failures + meter.Losses),
                Label("tester's CPU"), new Markup(string.Create(CultureInfo.InvariantCulture, $"{sample.Processors:0.00} of {Environment.ProcessorCount}")));
            return new Panel(table).Header(Markup.Escape($" {state.Headline} ")).RoundedBorder();
        }

        private static Markup Label(string text) => new($"[grey]{text}[/]");

        private static Markup Value(double value) => new(value.ToString("N0", CultureInfo.InvariantCulture));

        private static Markup Count(long value) => new(value == 0 ? "[green]0[/]" : $"[red]{value.ToString("N0", CultureInfo.InvariantCulture)}[/]");

        private static Markup Time(double? milliseconds) => new(Figures.Time(milliseconds));
    }

    private sealed class LineView(IAnsiConsole console) : ProgressView
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

        private double _shownAt = -Interval.TotalSeconds;
        private string _stage = "";

        public override Task RunAsync(Func<Action<ProgressState>, Task> run) => run(state =>
        {
            if (state.Stage == _stage && state.Sample.At - _shownAt < Interval.TotalSeconds)
            {
                return;
            }

            (_shownAt, _stage) = (state.Sample.At, state.Stage);
            var (sample, meter) = (state.Sample, state.Meter);
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{state.Headline}: {sample.Connections:N0} connections, {sample.CallsPerSecond:N0} calls/s (p99 {Figures.Time(sample.CallP99)}), {sample.DeliveriesPerSecond:N0} deliveries/s (p99 {Figures.Time(sample.DeliveryP99)}), {sample.InFlight:N0} in flight, {meter.Refused + meter.Failures + meter.Losses:N0} errors, {state.Findings.Total:N0} violations, CPU {sample.Processors:0.00}"));
        });
    }
}

/// <summary>How a run stands.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Share">How much of it is done, 0 to 1; null: not known.</param>
/// <param name="Sample">Its last second.</param>
/// <param name="Meter">What it has done.</param>
/// <param name="Findings">What was found wrong.</param>
internal sealed record ProgressState(string Stage, double? Share, LoadSample Sample, LoadMeter Meter, Findings Findings)
{
    /// <summary>Stage, share and time.</summary>
    public string Headline => string.Create(
        CultureInfo.InvariantCulture, $"{Stage}{(Share is { } share ? $" {share:P0}" : "")} · {TimeSpan.FromSeconds(Sample.At):hh\\:mm\\:ss}");
}
