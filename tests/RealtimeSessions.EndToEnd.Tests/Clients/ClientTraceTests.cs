using System.IO.Compression;
using System.Text.Json.Nodes;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Replay;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>
/// Traces through both clients over both protocols, while every connection is cut again and again: nothing is lost, nothing comes twice, all hold the same.
/// </summary>
public abstract class ClientTraceTests(Deployment deployment, ITestOutputHelper output) : HubTest(deployment)
{
    private const int Clients = 4;
    private const int Cuts = 60;
    private const int InFlight = 64;

    private readonly Deployment _deployment = deployment;

    /// <summary>Each trace is written by the .NET client over JSON and by the TypeScript client over MessagePack, and the other way round.</summary>
    public static TheoryData<string, int, int> Traces
    {
        get
        {
            var traces = new TheoryData<string, int, int>();
            foreach (var trace in TraceFiles.All)
            {
                traces.Add(trace, 0, 3);
                traces.Add(trace, 2, 1);
            }

            return traces;
        }
    }

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task Trace_ThroughBothClientsWhileConnectionsAreCut_EndsTheSameForAll(string trace, int first, int second)
    {
        var (header, calls) = Read(trace);
        var observer = await ConnectAsync("alice");
        var session = await observer.CreateSessionAsync();
        await using var cast = await Cast.OpenAsync(_deployment.Servers, Clients);
        await Task.WhenAll(cast.Actors.Select(actor => actor.JoinAsync(session)));
        Actor[] writers = [cast.Actors[first], cast.Actors[second]];

        var random = new Random(calls.Count + first);
        var cuts = Enumerable.Range(0, Cuts).Select(_ => random.Next(calls.Count)).Order().ToArray();
        var made = 0;
        var (inFlight, connection) = (new List<Task<long>>(), -1);
        for (var i = 0; i < calls.Count; i++)
        {
            var call = calls[i];
            if (call["c"]!.GetValue<int>() is var next && (next != connection || inFlight.Count == InFlight))
            {
                await Task.WhenAll(inFlight);
                inFlight.Clear();
                connection = next;
            }

            for (; made < Cuts && cuts[made] <= i; made++)
            {
                cast.Gates[random.Next(Clients)].Cut();
            }

            inFlight.Add(writers[connection].CallAsync(call["m"]!.GetValue<string>(), (JsonObject)call["a"]!));
        }

        await Task.WhenAll(inFlight);
        var head = calls.Count + 1;
        var views = await cast.QuietAsync(async () => (await observer.CallAsync("GetSessionData", session.With())).Sequence());

        Assert.Equal(head, views[0].Sequence);
        var data = JsonNode.Parse((await observer.GetDataAsync(session)).GetRawText());
        Assert.True(JsonNode.DeepEquals(header["expect"]!["data"], data), $"The server holds {data}");
        Assert.All(cast.Actors.Zip(views), member =>
        {
            var (actor, view) = member;
            Assert.True(view is { Disorder: null, Resets: 0, Failures.Count: 0 } && view.Events == calls.Count, $"{actor}: {view}");
            Assert.True(JsonNode.DeepEquals(data, view.Data) && JsonNode.DeepEquals(data, view.Confirmed), $"{actor} holds {view.Data}");
            Assert.Equal(header["expect"]!["text"]!["length"]!.GetValue<int>(), view.TextLength);
            Assert.Equal(header["expect"]!["text"]!["sha256"]!.GetValue<string>(), view.TextHash);
        });
        output.WriteLine($"{Path.GetFileName(trace)}: {calls.Count} calls by {writers[0]} and {writers[1]}, {made} cuts, {Clients} readers.");
    }

    private static (JsonNode Header, IReadOnlyList<JsonNode> Calls) Read(string trace)
    {
        using var folder = new TemporaryFolder();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(TraceFiles.Open(trace, folder.Path, seed: 11)), CompressionMode.Decompress));
        JsonNode[] lines = [.. reader.ReadToEnd().TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!)];
        return (lines[0], lines[1..]);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment, ITestOutputHelper output) : ClientTraceTests(deployment, output);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment, ITestOutputHelper output) : ClientTraceTests(deployment, output);
}
