using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RealtimeSessions.LoadTester.Load;
using RealtimeSessions.LoadTester.Report;
using Spectre.Console;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary><c>soak</c>: a steady load for as long as asked.</summary>
internal sealed class SoakCommand
{
    private readonly TargetOptions _target = new();
    private readonly RunOptions _run = new();
    private readonly Option<int> _connections = new("--connections", "-c") { Description = "Connections, spread evenly over the sessions", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _sessions = new("--sessions", "-s") { Description = "Sessions", DefaultValueFactory = _ => 10 };
    private readonly Option<TimeSpan> _duration = new("--duration", "-d")
    {
        Description = "How long the load lasts once all are connected",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        CustomParser = Durations.Parse,
    };

    private readonly Option<double> _rate = new("--rate", "-r") { Description = "Patches a second, of all connections together", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _patchBytes = new("--patch-bytes") { Description = "The size of a patch in bytes, about", DefaultValueFactory = _ => 100 };

    private readonly Option<string> _reconnectRate = new("--reconnect-rate")
    {
        Description = "Connections that are cut in a minute and come back: a number, or a share of all such as 5%",
        DefaultValueFactory = _ => "0",
    };

    /// <summary>The command.</summary>
    public Command Create(IAnsiConsole console, TimeProvider time)
    {
        var command = new Command("soak", "Make a steady load for as long as asked, while connections are cut and come back, and check every event at every reader")
        {
            _connections, _sessions, _duration, _rate, _patchBytes, _reconnectRate,
        };
        _connections.Validators.Add(result => RunOptions.Positive(result, result.GetValueOrDefault<int>()));
        _sessions.Validators.Add(result => RunOptions.Positive(result, result.GetValueOrDefault<int>()));
        _rate.Validators.Add(result => RunOptions.Positive(result, result.GetValueOrDefault<double>()));
        _patchBytes.Validators.Add(result => RunOptions.Positive(result, result.GetValueOrDefault<int>()));
        _reconnectRate.Validators.Add(CheckReconnectRate);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_sessions) > result.GetValue(_connections))
            {
                result.AddError("--connections must be at least as many as --sessions.");
            }
        });
        _target.AddTo(command, withLoad: true);
        _run.AddTo(command);
        command.SetAction((line, cancellationToken) => RunAsync(line, console, time, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var outputs = _run.Outputs(line);
        var options = new SoakOptions
        {
            Connections = line.GetValue(_connections),
            Sessions = line.GetValue(_sessions),
            Duration = line.GetValue(_duration),
            Rate = line.GetValue(_rate),
            PatchBytes = line.GetValue(_patchBytes),
            ConnectRate = _run.ConnectRate(line),
            ReconnectRate = PerMinute(line.GetValue(_reconnectRate)!, line.GetValue(_connections)) ?? 0,
            Patience = _run.Patience(line),
            SessionPrefix = _run.SessionPrefix(line),
        };
        SystemLimits.Check(options.Connections);
        outputs.Check();
        var target = _target.Bind(line, time);
        var info = await ServerInfoClient.GetAsync(target.Url, cancellationToken);
        await using var run = await LoadRun.BeginAsync(target, time, cancellationToken);
        var about = new RunDescription(
            "soak", $"Soak of {Figures.Number(options.Connections)} connections in {Figures.Number(options.Sessions)} sessions", target.Url, info.Version, options.Connections,
            new Dictionary<string, string>(
            [
                new("duration", Figures.Duration(options.Duration.TotalSeconds)),
                new("patches a second", Figures.Number(options.Rate)),
                new("bytes of a patch", Figures.Number(options.PatchBytes)),
                new("connections begun a second", Figures.Number(options.ConnectRate)),
                new("connections cut a minute", Figures.Number(options.ReconnectRate)),
                .. _target.Describe(target),
            ]));
        return await new LoadRunner(console, outputs, time).RunAsync(new SoakRun(run, options, time), about, cancellationToken);
    }

    private static double? PerMinute(string text, int connections)
    {
        var isShare = text.EndsWith('%');
        var isNumber = double.TryParse(isShare ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return !isNumber ? null : isShare ? connections * number / 100 : number;
    }

    private static void CheckReconnectRate(OptionResult result)
    {
        if (result.Tokens is [{ Value: var value }] && PerMinute(value, 1) is null)
        {
            result.AddError($"--reconnect-rate must be a number, or a share such as 5%, and is '{value}'.");
        }
    }
}
