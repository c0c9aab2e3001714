using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>What a server keeps in memory when it has nothing to do.</summary>
internal static class ServerMemory
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    /// <summary>A listener with this keyword makes the runtime collect everything, once.</summary>
    private const long CollectKeyword = 0x80_0000;

    private const int Samples = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>The private memory in use, in KiB: the least of several samples, each after a collection.</summary>
    public static async Task<long> MeasureAsync(ServerProcess server)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Samples; i++)
        {
            await CollectAsync(server);
            least = Math.Min(least, Read(server));
        }

        return least;
    }

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

    private static long Read(ServerProcess server)
    {
        const string Name = "RssAnon:";
        var line = File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
