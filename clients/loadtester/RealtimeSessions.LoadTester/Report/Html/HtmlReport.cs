using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using RealtimeSessions.LoadTester.Measure;

namespace RealtimeSessions.LoadTester.Report.Html;

/// <summary>A report as one HTML file that needs nothing else: no network, no script; its policy forbids both. Whatever a trace or a server has said is encoded.</summary>
internal static class HtmlReport
{
    /// <summary>Writes it.</summary>
    public static string Write(LoadReport report)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Encode(report.Title)}</title><style>{Style()}</style></head><body><main>");
        WriteHead(html, report);
        WriteTiles(html, report);
        WriteNotes(html, report);
        WriteCharts(html, report.Samples);
        html.Append("<div class=\"pair\">");
        WriteChecks(html, report);
        WriteFigures(html, report);
        html.Append("</div>");
        WriteFindings(html, report);
        WriteSettings(html, report);
        return html.Append("</main></body></html>\n").ToString();
    }

    private static void WriteHead(StringBuilder html, LoadReport report)
    {
        var (verdict, style) = report.Held ? ("All checks held", "held") : ("Checks failed", "failed");
        html.Append(CultureInfo.InvariantCulture, $"<header><div><h1>{Encode(report.Title)}</h1><p>{Encode(report.Server.ToString())}");
        html.Append(report.ServerVersion is { } version ? $" · version {Encode(version)}" : "");
        html.Append(CultureInfo.InvariantCulture, $" · {report.StartedAt:yyyy-MM-dd HH:mm:ss} UTC · {Figures.Duration(report.Seconds)}{(report.Interrupted ? " · interrupted" : "")}</p></div>");
        html.Append(CultureInfo.InvariantCulture, $"<span class=\"verdict {style}\">{verdict}</span></header>");
    }

    private static void WriteTiles(StringBuilder html, LoadReport report)
    {
        var (traffic, tester) = (report.Traffic, report.Tester);
        html.Append("<dl class=\"tiles\">");
        Tile("Deliveries a second", Figures.Number(traffic.DeliveriesPerSecond), $"{Figures.Number(traffic.Deliveries)} in {Figures.Duration(traffic.LoadSeconds)}");
        Tile("Calls a second", Figures.Number(traffic.CallsPerSecond), $"{Figures.Number(traffic.Calls)}, {Figures.Number(traffic.Refused)} refused");
        Tile("Call to answer, p99", Figures.Time(report.CallLatency.P99), $"p50 {Figures.Time(report.CallLatency.P50)}");
        if (report.DeliveryLatency is { } delivery)
        {
            Tile("Call to receipt, p99", Figures.Time(delivery.P99), $"p50 {Figures.Time(delivery.P50)}");
        }

        Tile("Connections", Figures.Number(report.Connections.Peak), $"in {Figures.Number(traffic.Sessions)} sessions");
        Tile(
            "The tester's own CPU", string.Create(CultureInfo.InvariantCulture, $"{tester.Busy:0.00}"),
            string.Create(CultureInfo.InvariantCulture, $"of {tester.Processors} processors; {Figures.Bytes(tester.PeakMemory)} of memory"));
        html.Append("</dl>");

        void Tile(string name, string value, string more) => html.Append(
            CultureInfo.InvariantCulture, $"<div class=\"card\"><dt>{Encode(name)}</dt><dd>{Encode(value)}<small>{Encode(more)}</small></dd></div>");
    }

    private static void WriteNotes(StringBuilder html, LoadReport report)
    {
        string[] notes =
        [
            .. report.Tester.WasLimit ? ["The tester was at the limit of this machine: the figures tell of it, and not of the server."] : Array.Empty<string>(),
            .. report.Notes,
        ];
        if (notes.Length > 0)
        {
            WriteList(html, "card notes", heading: null, notes);
        }
    }

    private static void WriteCharts(StringBuilder html, IReadOnlyList<LoadSample> samples)
    {
        double[] times = [.. samples.Select(sample => sample.At)];
        Chart[] charts =
        [
            new("Deliveries a second", [Curve("deliveries", sample => sample.DeliveriesPerSecond)], Figures.Number),
            new("Calls a second", [Curve("calls", sample => sample.CallsPerSecond), Curve("in flight", sample => sample.InFlight)], Figures.Number),
            new(
                "From call to receipt", [Curve("p50", sample => sample.DeliveryP50), Curve("p99", sample => sample.DeliveryP99), Curve("p99.9", sample => sample.DeliveryP999)],
                value => Figures.Time(value), IsLogarithmic: true),
            new("From call to answer", [Curve("p50", sample => sample.CallP50), Curve("p99", sample => sample.CallP99)], value => Figures.Time(value), IsLogarithmic: true),
            new("Connections", [Curve("in their sessions", sample => sample.Connections)], Figures.Number),
            new(
                "What went wrong, and came back",
                [Curve("reconnects", sample => sample.Reconnects), Curve("errors", sample => sample.Errors), Curve("violations", sample => sample.Violations)], Figures.Number),
            new("The tester's processors", [Curve("busy", sample => sample.Processors)], value => value.ToString("0.00", CultureInfo.InvariantCulture)),
            new("The tester's memory", [Curve("held", sample => sample.Memory)], Figures.Bytes),
        ];
        html.Append("<div class=\"charts\">");
        foreach (var chart in charts.Where(chart => chart.Series.Any(series => series.Values.Any(value => value is not null))))
        {
            chart.Write(html, times);
        }

        html.Append("</div>");

        ChartSeries Curve(string name, Func<LoadSample, double?> value) => new(name, [.. samples.Select(value)]);
    }

    private static void WriteChecks(StringBuilder html, LoadReport report)
    {
        html.Append("<section class=\"card\"><h2>Checks</h2><table>");
        foreach (var check in report.Checks)
        {
            var (mark, style) = check.Held switch { true => ("✓", "good"), false => ("✗", "bad"), null => ("?", "warn") };
            html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"mark {style}\">{mark}</td><td>{Encode(check.Name)}<br><span class=\"soft\">{Encode(check.Detail)}</span></td></tr>");
        }

        html.Append("</table></section>");
    }

    private static void WriteFigures(StringBuilder html, LoadReport report)
    {
        html.Append("<section class=\"card\"><h2>Latency</h2><table><tr><th></th>");
        foreach (var name in new[] { "p50", "p90", "p99", "p99.9", "longest" })
        {
            html.Append(CultureInfo.InvariantCulture, $"<th class=\"n\">{name}</th>");
        }

        html.Append("</tr>");
        Latency("call to answer", report.CallLatency);
        if (report.DeliveryLatency is { } delivery)
        {
            Latency("call to receipt", delivery);
        }

        var (traffic, connections, tester) = (report.Traffic, report.Connections, report.Tester);
        html.Append("</table><h2 style=\"margin-top:18px\">Counts</h2><table>");
        Row("events received", Figures.Number(traffic.Deliveries));
        Row("bytes received", traffic.Bytes > 0 ? Figures.Bytes(traffic.Bytes) : Figures.None);
        Row("lost · doubled · out of order", $"{Figures.Number(traffic.Lost)} · {Figures.Number(traffic.Doubled)} · {Figures.Number(traffic.OutOfOrder)}");
        Row("different · misplaced · unequal", $"{Figures.Number(traffic.Different)} · {Figures.Number(traffic.Misplaced)} · {Figures.Number(traffic.Unequal)}");
        foreach (var (code, count) in traffic.Refusals)
        {
            Row($"refused: {code}", Figures.Number(count));
        }

        Row("connections cut · lost · failed", $"{Figures.Number(connections.Cut)} · {Figures.Number(connections.Lost)} · {Figures.Number(connections.Failed)}");
        Row("came back: resumed · reset", $"{Figures.Number(connections.Resumed)} · {Figures.Number(connections.Reset)}");
        Row("the tester's processor time", $"{Figures.Duration(tester.ProcessorSeconds)}, at most {tester.BusyPeak.ToString("0.00", CultureInfo.InvariantCulture)} at once");
        html.Append("</table></section>");

        void Row(string name, string value) => html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encode(name)}</td><td class=\"n\">{Encode(value)}</td></tr>");

        void Latency(string name, ReportedLatency latency)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encode(name)}</td>");
            foreach (var value in new[] { latency.P50, latency.P90, latency.P99, latency.P999, latency.Maximum })
            {
                html.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Figures.Time(value)}</td>");
            }

            html.Append("</tr>");
        }
    }

    private static void WriteFindings(StringBuilder html, LoadReport report)
    {
        if (report.Findings.Count > 0)
        {
            WriteList(html, "card", "What was found wrong, the first of it", report.Findings);
        }
    }

    private static void WriteSettings(StringBuilder html, LoadReport report)
    {
        html.Append("<section class=\"card\"><h2>Settings</h2><table>");
        foreach (var (name, value) in report.Settings)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"name\">{Encode(name)}</td><td>{Encode(value)}</td></tr>");
        }

        html.Append("</table></section>");
    }

    private static void WriteList(StringBuilder html, string style, string? heading, IEnumerable<string> items)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"{style}\">{(heading is null ? "" : $"<h2>{Encode(heading)}</h2>")}<ul>");
        foreach (var item in items)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li>{Encode(item)}</li>");
        }

        html.Append("</ul></section>");
    }

    private static string Style()
    {
        using var css = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("page.css")!);
        return css.ReadToEnd();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
