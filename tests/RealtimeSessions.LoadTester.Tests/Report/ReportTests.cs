using System.Text.Json;
using System.Text.RegularExpressions;
using RealtimeSessions.LoadTester.Measure;
using RealtimeSessions.LoadTester.Report;
using RealtimeSessions.LoadTester.Report.Html;
using Spectre.Console;

namespace RealtimeSessions.LoadTester.Tests.Report;

public sealed partial class ReportTests
{
    private const string Hostile = "<script>alert(1)</script> \"'& [red]x[/]";

    [Fact]
    public void Write_OfHostileNames_EncodesThem()
    {
        var html = HtmlReport.Write(Make(held: false));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AsHtml_NeedsNothingElse()
    {
        var html = HtmlReport.Write(Make(held: true));

        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'", html, StringComparison.Ordinal);
        Assert.Empty(Reference().Matches(html));
        Assert.Contains("All checks held", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(600)]
    public void Write_OfAnyNumberOfSamples_HasNumbersOnly(int samples)
    {
        var html = HtmlReport.Write(Make(held: true, samples));

        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 5_000, 700_000);
    }

    [Fact]
    public void Write_OnTheConsole_TakesHostileNamesAsText()
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });

        ConsoleReport.Write(console, Make(held: false));

        Assert.Contains("[red]x[/]", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("Checks failed.", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Serialize_AndBack_IsTheSame()
    {
        var report = Make(held: true);
        var json = JsonSerializer.Serialize(report, ReportJsonContext.Default.LoadReport);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ReportJsonContext.Default.LoadReport)!, ReportJsonContext.Default.LoadReport));
        Assert.Contains("\"p999\"", json, StringComparison.Ordinal);
    }

    private static LoadReport Make(bool held, int samples = 5) => new()
    {
        Command = "replay",
        Title = Hostile,
        Server = new Uri("http://localhost:5080/"),
        ServerVersion = Hostile,
        Settings = new Dictionary<string, string> { [Hostile] = Hostile },
        StartedAt = DateTimeOffset.UnixEpoch,
        Seconds = 5,
        Interrupted = true,
        Held = held,
        Checks = [new(Hostile, held, Hostile), new("unknown", null, "")],
        Findings = [Hostile],
        Notes = [Hostile],
        Traffic = new ReportedTraffic(1, 10, 1, new Dictionary<string, long> { ["rate_limited"] = 1 }, 30, 1_000, 5, 2, 6, 0, 0, 0, 0, 0, 0),
        CallLatency = new ReportedLatency(10, 1, 2, 3, 4, 5),
        DeliveryLatency = new ReportedLatency(30, 1, 2, 3, 4, 5),
        Connections = new ReportedConnections(3, 3, 3, 0, 0, 0, 0, 0),
        Tester = new ReportedProcess(2, 1.9, 2, 10, 50_000_000, WasLimit: true),
        Samples = [.. Enumerable.Range(1, samples).Select(Sample)],
    };

    private static LoadSample Sample(int second) => new()
    {
        At = second,
        Seconds = 1,
        CallsPerSecond = second * 10,
        DeliveriesPerSecond = 0,
        BytesPerSecond = 0,
        Connections = 3,
        InFlight = 1,
        CallP50 = second % 3 == 0 ? null : 0.2,
        CallP99 = second % 3 == 0 ? null : 30 * second,
        DeliveryP50 = null,
        DeliveryP99 = 1,
        DeliveryP999 = 100_000,
        Errors = 0,
        Reconnects = 0,
        Violations = 0,
        Processors = 1,
        Memory = 50_000_000,
    };

    /// <summary>What would load something.</summary>
    [GeneratedRegex(@"\b(src|href|action)\s*=|url\(|@import", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
