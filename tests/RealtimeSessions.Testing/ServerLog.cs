namespace RealtimeSessions.Testing;

/// <summary>Reads what the console logger writes: a line with level and category, and indented lines with the text.</summary>
public static class ServerLog
{
    private const string Indent = "      ";

    /// <summary>The entries of level error or critical.</summary>
    public static IReadOnlyList<string> Errors(string output)
    {
        var errors = new List<string>();
        var inside = false;
        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith("fail: ", StringComparison.Ordinal) || line.StartsWith("crit: ", StringComparison.Ordinal)
                || line.StartsWith("Unhandled exception", StringComparison.Ordinal))
            {
                errors.Add(line);
                inside = true;
            }
            else if (inside && line.StartsWith(Indent, StringComparison.Ordinal))
            {
                errors[^1] += "\n" + line;
            }
            else
            {
                inside = false;
            }
        }

        return errors;
    }
}
