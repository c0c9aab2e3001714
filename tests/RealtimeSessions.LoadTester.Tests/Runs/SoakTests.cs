using System.Text.Json;
using RealtimeSessions.LoadTester.Report;
using RealtimeSessions.LoadTester.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.LoadTester.Tests.Runs;

[Collection(LoadServer.Name)]
public sealed class SoakTests(LoadServer server)
{
    [Fact]
    public async Task Soak_WithConnectionsCutAllTheTime_LosesNothing()
    {
        using var folder = new TemporaryFolder();
        var (json, html) = (Path.Combine(folder.Path, "r.json"), Path.Combine(folder.Path, "r.html"));

        var run = await CommandRun.RunAsync(
            "soak", "--url", server.Url, "--connections", "40", "--sessions", "4", "--rate", "200", "--duration", "3s", "--reconnect-rate", "3000%",
            "--protocol", "messagepack", "--json", json, "--html", html);

        Assert.True(run.Code == 0, run.Output + run.Error);
        var report = JsonSerializer.Deserialize(await File.ReadAllTextAsync(json), ReportJsonContext.Default.LoadReport)!;
        Assert.Equal(report.Connections.Cut, report.Connections.Resumed);
        Assert.InRange(report.Connections.Cut, 5, 100);
        Assert.Equal(report.Traffic.Calls * 10, report.Traffic.Deliveries);
        Assert.Equal(report.Traffic.Deliveries, report.DeliveryLatency!.Count);
        Assert.Contains("All checks held", await File.ReadAllTextAsync(html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.Drop)]
    [InlineData(Fault.Double)]
    [InlineData(Fault.Swap)]
    public async Task Soak_OfAMisbehavingServer_Fails(Fault fault)
    {
        await using var proxy = new FaultyProxy(server.Address, fault);

        var run = await CommandRun.RunAsync(
            "soak", "--url", proxy.Address.AbsoluteUri, "--connections", "6", "--sessions", "2", "--rate", "100", "--duration", "1s", "--patience", "1s");

        Assert.True(run.Code == 1, run.Output + run.Error);
        Assert.Contains("Checks failed.", run.Output, StringComparison.Ordinal);
    }
}
