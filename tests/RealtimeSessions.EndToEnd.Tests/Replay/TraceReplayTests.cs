using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.JavaScript;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Replay;

/// <summary>
/// A trace through the official JavaScript client with five readers, of which one joins half way and one loses its connection five times:
/// all end with the text and the data that the trace's header names.
/// </summary>
public abstract class TraceReplayTests(Deployment deployment, ITestOutputHelper output) : HubTest(deployment)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static TheoryData<string> Traces => new(TraceFiles.All);

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task Trace_ThroughTheOfficialClient_EndsTheSameForEveryReader(string trace)
    {
        using var folder = new TemporaryFolder();
        trace = TraceFiles.Open(trace, folder.Path, seed: 7);
        var (first, second) = (First.Address.GetLeftPart(UriPartial.Authority), Second.Address.GetLeftPart(UriPartial.Authority));
        var figures = await Node.RunAsync(
            Path.Combine(Node.Folder, "replay.mjs"), Node.Folder, Patience, "--trace", trace, "--writers", first, "--readers", $"{second},{first}");

        Assert.Contains("\"resumes\":5", figures, StringComparison.Ordinal);
        output.WriteLine(figures);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment, ITestOutputHelper output) : TraceReplayTests(deployment, output);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment, ITestOutputHelper output) : TraceReplayTests(deployment, output);
}
