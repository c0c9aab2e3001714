using RealtimeSessions.LoadTester.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.LoadTester.Tests.Runs;

[Collection(LoadServer.Name)]
public sealed class ReplayTests(LoadServer server)
{
    [Theory]
    [InlineData("--protocol", "json")]
    [InlineData("--protocol", "messagepack")]
    [InlineData("--client", "library")]
    public async Task Replay_OfATrace_HoldsWhatItExpects(params string[] how)
    {
        var run = await CommandRun.RunAsync(["replay", TraceFiles.TwoWriters, "--url", server.Url, "--copies", "2", "--connections", "4", .. how]);

        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.Contains("600 calls, 2 of 2 copies to their end", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 copies compared", run.Output, StringComparison.Ordinal);
        Assert.Contains("2,400 events received", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfARecordedReplay_HoldsTheSame()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "again.trace.jsonl.gz");
        var first = await CommandRun.RunAsync("replay", TraceFiles.TwoWriters, "--url", server.Url, "--session", "recorded", "--keep");
        var recording = await CommandRun.RunAsync("record", "--url", server.Url, "--session", "recorded-1", "--output", file);
        var second = await CommandRun.RunAsync("replay", file, "--url", server.Url);

        Assert.Equal((0, 0, 0), (first.Code, recording.Code, second.Code));
        Assert.Contains("300 calls in", recording.Output, StringComparison.Ordinal);
        var (original, again) = (LoadTester.Traces.Trace.Load(TraceFiles.TwoWriters).Header, LoadTester.Traces.Trace.Load(file).Header);
        Assert.Equal(original.Expect, again.Expect);
        Assert.Contains("1 of 1 copies compared", second.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.Drop, "misses event")]
    [InlineData(Fault.Double, "again, being at")]
    [InlineData(Fault.Swap, "after")]
    [InlineData(Fault.Alter, "was told another event")]
    public async Task Replay_OfAMisbehavingServer_SaysSo(Fault fault, string finding)
    {
        await using var proxy = new FaultyProxy(server.Address, fault);

        var run = await CommandRun.RunAsync("replay", TraceFiles.TwoWriters, "--url", proxy.Address.AbsoluteUri, "--connections", "3", "--patience", "1s");

        Assert.True(run.Code == 1, run.Output + run.Error);
        Assert.Contains(finding, run.Output, StringComparison.Ordinal);
        Assert.Contains("Checks failed.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfATraceThatExpectsSomethingElse_Fails()
    {
        using var folder = new TemporaryFolder();
        var lines = await File.ReadAllLinesAsync(TraceFiles.TwoWriters);
        var file = TraceFiles.Write(folder.Path, [lines[0].Replace("\"sha256\": \"", "\"sha256\": \"0", StringComparison.Ordinal), .. lines[1..]]);

        var run = await CommandRun.RunAsync("replay", file, "--url", server.Url);

        Assert.Equal(1, run.Code);
        Assert.Contains("its text is another one", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfARefusedCall_Fails()
    {
        using var folder = new TemporaryFolder();
        var file = TraceFiles.Write(
            folder.Path,
            """{"trace":1,"name":"refused","connections":1,"calls":3}""",
            """{"t":0,"c":0,"m":"PatchSessionData","a":{"data":{"a":1}}}""",
            """{"t":1,"c":0,"m":"PatchSessionData","a":{"data":3}}""",
            """{"t":15000,"c":0,"m":"PatchSessionData","a":{"data":{"a":2}}}""");

        var run = await CommandRun.RunAsync("replay", file, "--url", server.Url, "--speed", "3");

        Assert.Equal(1, run.Code);
        Assert.Contains("refused: invalid_argument", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 calls, 0 of 1 copies to their end", run.Output, StringComparison.Ordinal);
    }
}
