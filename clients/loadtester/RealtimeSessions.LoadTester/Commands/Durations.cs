using System.CommandLine.Parsing;
using System.Globalization;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary>Durations on the command line: <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>500ms</c>, or a number of seconds.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)];

    /// <summary>Reads one.</summary>
    public static TimeSpan Parse(ArgumentResult result) =>
        TryParse(result.Tokens[0].Value, out var duration) ? duration : TargetOptions.Refuse<TimeSpan>(result, "must be a duration such as 90s, 5m or 2h");

    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var (unit, seconds) = Units.First(one => text.EndsWith(one.Unit, StringComparison.Ordinal));
        var isNumber = double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var isDuration = isNumber && number > 0 && number * seconds <= TimeSpan.FromDays(365).TotalSeconds;
        duration = isDuration ? TimeSpan.FromSeconds(number * seconds) : default;
        return isDuration;
    }
}
