using System.CommandLine;
using System.Globalization;
using RealtimeSessions.LoadTester.Load;
using RealtimeSessions.LoadTester.Report;
using RealtimeSessions.LoadTester.Traces;
using Spectre.Console;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary><c>replay</c>: traces against a server.</summary>
internal sealed class ReplayCommand
{
    private readonly TargetOptions _target = new();
    private readonly RunOptions _run = new();
    private readonly Argument<string[]> _traces = new("traces") { Description = "Trace files: JSON lines, compressed with gzip or not", Arity = ArgumentArity.OneOrMore };
    private readonly Option<int?> _connections = new("--connections", "-c")
    {
        Description = "Connections of each copy. Those beyond the trace's own only read. Default: the trace's",
    };

    private readonly Option<int> _copies = new("--copies") { Description = "Copies of each trace, each in a session of its own", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _inFlight = new("--in-flight") { Description = "Calls of one connection without an answer, at most", DefaultValueFactory = _ => 64 };

    private readonly Option<double?> _speed = new("--speed")
    {
        Description = "How much faster than recorded (1: as it was); max or 0: as fast as answers come",
        DefaultValueFactory = _ => null,
        CustomParser = result => result.Tokens[0].Value switch
        {
            "max" => null,
            var text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) => speed == 0 ? null : speed,
            _ => TargetOptions.Refuse<double?>(result, "must be a number, or max"),
        },
    };

    /// <summary>The command.</summary>
    public Command Create(IAnsiConsole console, TimeProvider time)
    {
        var command = new Command("replay", "Replay traces, each copy in a session of its own, and check what every reader is told and holds in the end")
        {
            _traces, _connections, _copies, _speed, _inFlight,
        };
        _connections.Validators.Add(result => RunOptions.Positive(result, result.GetValueOrDefault<int?>() ?? 1));
        _copies.Validators.Add(result => RunOptions.Positive(result, result.GetValueOrDefault<int>()));
        _inFlight.Validators.Add(result => RunOptions.Positive(result, result.GetValueOrDefault<int>()));
        _target.AddTo(command, withLoad: true);
        _target.AddClientTo(command);
        _run.AddTo(command);
        command.SetAction((line, cancellationToken) => RunAsync(line, console, time, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var (files, copies, outputs) = (line.GetValue(_traces)!, line.GetValue(_copies), _run.Outputs(line));
        TraceHeader[] headers = [.. files.Select(ReadHeader)];
        var connections = copies * headers.Sum(header => Math.Max(header.Connections, line.GetValue(_connections) ?? 0));
        SystemLimits.Check(connections);
        outputs.Check();
        var target = _target.Bind(line, time);
        var info = await ServerInfoClient.GetAsync(target.Url, cancellationToken);
        var speed = line.GetValue(_speed);
        await using var run = await LoadRun.BeginAsync(target, time, cancellationToken);
        var load = new ReplayRun(
            run,
            new ReplayOptions
            {
                Files = files,
                Copies = copies,
                Connections = line.GetValue(_connections),
                Speed = speed,
                InFlight = line.GetValue(_inFlight),
                ConnectRate = _run.ConnectRate(line),
                Patience = _run.Patience(line),
                SessionPrefix = _run.SessionPrefix(line),
                Users = target.Users,
                CallsPerSecond = info.Limits.CallsPerSecond,
                CallBurst = info.Limits.CallBurst,
            },
            time);
        var about = new RunDescription(
            "replay", $"Replay of {string.Join(", ", headers.Select(header => header.Name))}{(copies > 1 ? string.Create(CultureInfo.InvariantCulture, $" × {copies}") : "")}",
            target.Url, info.Version, connections,
            new Dictionary<string, string>(
            [
                new("traces", string.Join(", ", files.Select(Path.GetFileName))),
                new("copies", Figures.Number(copies)),
                new("connections", Figures.Number(connections)),
                new("speed", speed is { } factor ? factor.ToString(CultureInfo.InvariantCulture) : "as fast as answers come"),
                new("in flight", Figures.Number(line.GetValue(_inFlight))),
                .. _target.Describe(target),
            ]));
        return await new LoadRunner(console, outputs, time).RunAsync(load, about, cancellationToken);
    }

    private static TraceHeader ReadHeader(string file)
    {
        using var reader = TraceReader.Open(file);
        return reader.Header;
    }
}
