using System.Globalization;
using Spectre.Console;

namespace RealtimeSessions.LoadTester.Report;

/// <summary>A report as tables on the console.</summary>
internal static class ConsoleReport
{
    private const int FindingsShown = 10;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, LoadReport report)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{Markup.Escape(report.Title)}[/] against {Markup.Escape(report.Server.ToString())}{(report.Interrupted ? ", [yellow]interrupted[/]" : "")}");
        WriteTraffic(console, report);
        WriteLatencies(console, report);
        WriteConnections(console, report);
        WriteChecks(console, report);
        foreach (var finding in report.Findings.Take(FindingsShown))
        {
            console.MarkupLine($"  [red]·[/] {Markup.Escape(finding)}");
        }

        foreach (var note in report.Notes)
        {
            console.MarkupLine($"  [yellow]Note[/] {Markup.Escape(note)}");
        }

        console.MarkupLine(report.Held ? "[green bold]All checks held.[/]" : "[red bold]Checks failed.[/]");
    }

    private static void WriteTraffic(IAnsiConsole console, LoadReport report)
    {
        var traffic = report.Traffic;
        Write(console, ["", "count", "per second"],
        [
            ["calls", Number(traffic.Calls), Number(traffic.CallsPerSecond)],
            ["deliveries", Number(traffic.Deliveries), Number(traffic.DeliveriesPerSecond)],
            ["bytes received", traffic.Bytes > 0 ? Figures.Bytes(traffic.Bytes) : Figures.None, ""],
            .. traffic.Refusals.Select(refusal => new[] { $"refused: {refusal.Key}", Number(refusal.Value), "" }),
            ["time of the load", Figures.Duration(traffic.LoadSeconds), ""],
        ]);
    }

    private static void WriteLatencies(IAnsiConsole console, LoadReport report)
    {
        var rows = new List<string[]> { Row("call to answer", report.CallLatency) };
        if (report.DeliveryLatency is { } delivery)
        {
            rows.Add(Row("call to receipt", delivery));
        }

        Write(console, ["", "p50", "p90", "p99", "p99.9", "longest"], rows);

        static string[] Row(string name, ReportedLatency latency) =>
            [name, Figures.Time(latency.P50), Figures.Time(latency.P90), Figures.Time(latency.P99), Figures.Time(latency.P999), Figures.Time(latency.Maximum)];
    }

    private static void WriteConnections(IAnsiConsole console, LoadReport report)
    {
        var (connections, tester) = (report.Connections, report.Tester);
        Write(console, ["connections", "peak", "cut", "lost", "failed", "resumed", "reset"],
        [
            [
                Number(connections.Asked), Number(connections.Peak), Number(connections.Cut), Number(connections.Lost), Number(connections.Failed),
                Number(connections.Resumed), Number(connections.Reset),
            ],
        ]);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The tester itself kept {tester.Busy:0.00} of {tester.Processors} processors busy (at most {tester.BusyPeak:0.00}) and held {Figures.Bytes(tester.PeakMemory)}."));
        if (tester.WasLimit)
        {
            console.MarkupLine("[yellow]It was at its limit: the figures tell of the tester, not of the server.[/]");
        }
    }

    private static void WriteChecks(IAnsiConsole console, LoadReport report)
    {
        var table = new Table().RoundedBorder().AddColumns("", "check", "");
        foreach (var check in report.Checks)
        {
            var mark = check.Held switch { true => "[green]✓[/]", false => "[red]✗[/]", null => "[yellow]?[/]" };
            table.AddRow(mark, Markup.Escape(check.Name), Markup.Escape(check.Detail));
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().RoundedBorder();
        for (var i = 0; i < columns.Length; i++)
        {
            var isName = i == 0 && columns[0].Length == 0;
            table.AddColumn(isName ? new TableColumn("") : new TableColumn(columns[i]).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    private static string Number(double value) => Figures.Number(value);
}
