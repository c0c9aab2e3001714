using System.CommandLine;
using System.Globalization;
using RealtimeSessions.LoadTester.Report;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary>The options of every command that makes a load: how connections begin, where reports go, what stays.</summary>
internal sealed class RunOptions
{
    private readonly Option<double> _connectRate = new("--connect-rate") { Description = "Connections that begin in a second", DefaultValueFactory = _ => 500 };

    private readonly Option<TimeSpan> _patience = new("--patience")
    {
        Description = "How long to wait, after the last thing heard, for what is on its way",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(10),
        CustomParser = Durations.Parse,
    };

    private readonly Option<string?> _session = new("--session") { Description = "What the sessions' ids begin with; a number follows. Default: one of this run's own" };
    private readonly Option<bool> _keep = new("--keep") { Description = "Leave the sessions on the server" };
    private readonly Option<string?> _json = new("--json") { Description = "Write the report to this file as JSON" };
    private readonly Option<string?> _html = new("--html") { Description = "Write the report to this file as a page with charts, which needs no network" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _connectRate, _patience, _session, _keep, _json, _html })
        {
            command.Add(option);
        }

        _connectRate.Validators.Add(result => Positive(result, result.GetValueOrDefault<double>()));
        _session.Validators.Add(result =>
        {
            // The number behind it has to have room.
            if (result.Tokens is [{ Value: var value }] && (value.Length is 0 or > 55 || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')))
            {
                result.AddError($"--session must be 1 to 55 of A-Z, a-z, 0-9, _ and -, and is '{value}'.");
            }
        });
    }

    /// <summary>Connections that begin in a second.</summary>
    public double ConnectRate(ParseResult line) => line.GetValue(_connectRate);

    /// <summary>How long to wait for what is on its way.</summary>
    public TimeSpan Patience(ParseResult line) => line.GetValue(_patience);

    /// <summary>What the sessions' ids begin with.</summary>
    public string? SessionPrefix(ParseResult line) => line.GetValue(_session);

    /// <summary>Where the report goes.</summary>
    public ReportOutputs Outputs(ParseResult line) => new(line.GetValue(_json), line.GetValue(_html), line.GetValue(_keep));

    /// <summary>Refuses a value that is not positive.</summary>
    public static void Positive(System.CommandLine.Parsing.OptionResult result, double value)
    {
        if (value <= 0)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{result.Option.Name} must be more than 0, and is {value}."));
        }
    }
}
