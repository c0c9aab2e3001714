using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text.Json;
using Microsoft.Diagnostics.NETCore.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>What a server keeps in memory when it has nothing to do.</summary>
/// <param name="Heap">What its objects take, in KiB, soon after all that nobody uses were collected.</param>
/// <param name="Private">The private memory in use, in KiB: also what the runtime has not given back, and what is no object.</param>
internal sealed record ServerMemory(long Heap, long Private)
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    /// <summary>A listener with this keyword makes the runtime collect everything, once.</summary>
    private const long CollectKeyword = 0x80_0000;

    private const int Samples = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>The least of several samples, each after a collection.</summary>
    public static async Task<ServerMemory> MeasureAsync(ServerProcess server)
    {
        using var administrator = await RestClient.SignInAsync(server, Stage.Owner);
        var least = new ServerMemory(long.MaxValue, long.MaxValue);
        for (var i = 0; i < Samples; i++)
        {
            await CollectAsync(server);
            least = new ServerMemory(Math.Min(least.Heap, await ReadHeapAsync(administrator)), Math.Min(least.Private, ReadPrivate(server)));
        }

        return least;
    }

    public override string ToString() => $"{Heap} KiB of objects in {Private} KiB";

    private static async Task CollectAsync(ServerProcess server)
    {
        using var session = await new DiagnosticsClient(server.Id).StartEventPipeSessionAsync(
            [new EventPipeProvider(Runtime, EventLevel.Informational, CollectKeyword)],
            requestRundown: false, circularBufferMB: 1, CancellationToken.None);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        await Task.Delay(Pause);
        await session.StopAsync(CancellationToken.None);
        await reading;
    }

    /// <summary>Reads the next sample of the server's own report.</summary>
    private static async Task<long> ReadHeapAsync(RestClient administrator)
    {
        var last = (await SamplesAsync(administrator, ""))[^1].GetProperty("at").GetString();
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        while (true)
        {
            if (await SamplesAsync(administrator, $"?after={last}") is [.., var next])
            {
                return next.GetProperty("heap").GetInt64() / 1024;
            }

            await Task.Delay(Pause, patience.Token);
        }
    }

    private static async Task<JsonElement[]> SamplesAsync(RestClient administrator, string query) =>
        [.. (await administrator.DoAsync("GET", $"server{query}")).GetProperty("samples").EnumerateArray()];

    private static long ReadPrivate(ServerProcess server)
    {
        const string Name = "RssAnon:";
        var line = File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
