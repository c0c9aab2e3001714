using System.Globalization;

namespace RealtimeSessions.LoadTester.Report;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    private const double Kilobyte = 1000;

    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    /// <summary>A time, with three digits or so.</summary>
    public static string Time(double? milliseconds) => milliseconds switch
    {
        null => None,
        < 1 => Text(milliseconds.Value, "0.00", "ms"),
        < 10 => Text(milliseconds.Value, "0.#", "ms"),
        < 1_000 => Text(milliseconds.Value, "0", "ms"),
        <= 100_000 => Text(milliseconds.Value / 1_000, "0.#", "s"),
        _ => Text(milliseconds.Value / 60_000, "0.#", "min"),
    };

    /// <summary>A size.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < Kilobyte => Text(bytes, "0", "B"),
        < Kilobyte * Kilobyte => Text(bytes / Kilobyte, "0.#", "kB"),
        < Kilobyte * Kilobyte * Kilobyte => Text(bytes / Kilobyte / Kilobyte, "0.#", "MB"),
        _ => Text(bytes / Kilobyte / Kilobyte / Kilobyte, "0.##", "GB"),
    };

    /// <summary>A count or a rate.</summary>
    public static string Number(double value) => value.ToString(value is > 0 and < 10 && value != Math.Floor(value) ? "0.0" : "N0", CultureInfo.InvariantCulture);

    /// <summary>How long something took.</summary>
    public static string Duration(double seconds) => seconds < 60
        ? Text(seconds, "0.0", "s")
        : TimeSpan.FromSeconds(seconds).ToString(seconds < 3600 ? @"m\:ss' min'" : @"h\:mm\:ss' h'", CultureInfo.InvariantCulture);

    private static string Text(double value, string format, string unit) => $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}
