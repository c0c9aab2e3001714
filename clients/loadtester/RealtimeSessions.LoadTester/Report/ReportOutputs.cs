using System.Text.Json;
using RealtimeSessions.LoadTester.Report.Html;

namespace RealtimeSessions.LoadTester.Report;

/// <summary>Where a report goes besides the console, and whether the sessions it is about stay.</summary>
/// <param name="Json">A file; null: none.</param>
/// <param name="Html">A file; null: none.</param>
/// <param name="KeepSessions">Whether the sessions stay on the server.</param>
internal sealed record ReportOutputs(string? Json, string? Html, bool KeepSessions)
{
    /// <summary>Makes sure before the run that the files can be written after it.</summary>
    /// <exception cref="LoadException">One cannot.</exception>
    public void Check()
    {
        foreach (var file in new[] { Json, Html }.OfType<string>())
        {
            Try(file, () => File.Open(file, FileMode.OpenOrCreate, FileAccess.Write).Dispose());
        }
    }

    /// <summary>Writes the files.</summary>
    /// <exception cref="LoadException">One cannot be written.</exception>
    public async Task WriteAsync(LoadReport report)
    {
        if (Json is not null)
        {
            await using var stream = Create(Json);
            await JsonSerializer.SerializeAsync(stream, report, ReportJsonContext.Default.LoadReport);
        }

        if (Html is not null)
        {
            await using var writer = new StreamWriter(Create(Html));
            await writer.WriteAsync(HtmlReport.Write(report));
        }
    }

    private static FileStream Create(string file)
    {
        FileStream? stream = null;
        Try(file, () => stream = File.Create(file));
        return stream!;
    }

    private static void Try(string file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LoadException($"The report {file} cannot be written: {exception.Message}", exception);
        }
    }
}
