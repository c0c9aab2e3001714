namespace RealtimeSessions.Testing;

/// <summary>Reads what the console logger writes: a line with level and category, and indented lines with the text.</summary>
public static class ServerLog
{
    private const string Indent = "      ";

    /// <summary>In Kestrel's warning that it had no processor for a second, which tells of the machine.</summary>
    private const string SlowMachine = "the heartbeat has been running for";

    /// <summary>The entries of level error or critical.</summary>
    public static IReadOnlyList<string> Errors(string output) => Entries(output, "fail: ", "crit: ", "Unhandled exception");

    /// <summary>The entries of level warning; that the machine is slow is none.</summary>
    public static IReadOnlyList<string> Warnings(string output) =>
        [.. Entries(output, "warn: ").Where(entry => !entry.Contains(SlowMachine, StringComparison.Ordinal))];

    private static List<string> Entries(string output, params string[] beginnings)
    {
        var entries = new List<string>();
        var inside = false;
        foreach (var line in output.Split('\n'))
        {
            if (beginnings.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal)))
            {
                entries.Add(line);
                inside = true;
            }
            else if (inside && line.StartsWith(Indent, StringComparison.Ordinal))
            {
                entries[^1] += "\n" + line;
            }
            else
            {
                inside = false;
            }
        }

        return entries;
    }
}
