using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>Clients of both libraries over both protocols, each behind a gate of its own in front of one of the servers.</summary>
internal sealed class Cast : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private readonly NodeActors _node = new();
    private readonly List<(Actor Actor, TcpGate Gate)> _members = [];

    public IReadOnlyList<Actor> Actors => [.. _members.Select(member => member.Actor)];

    public IReadOnlyList<TcpGate> Gates => [.. _members.Select(member => member.Gate)];

    /// <summary>Opens clients; the kinds and the servers take turns.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="count">How many; four are one of each kind.</param>
    public static async Task<Cast> OpenAsync(IReadOnlyList<ServerProcess> servers, int count)
    {
        var cast = new Cast();
        var token = await servers[0].SignInAsync("alice");
        for (var i = 0; i < count; i++)
        {
            var protocol = i / 2 % 2 == 0 ? RealtimeProtocol.Json : RealtimeProtocol.MessagePack;
            var actor = i % 2 == 0 ? new DotNetActor($"dotnet-{protocol}-{i}") : cast._node.Add($"typescript-{protocol}-{i}");
            var gate = new TcpGate(servers[i / 4 % servers.Count].Address.Port);
            cast._members.Add((actor, gate));
            await actor.OpenAsync(gate.Address, token, protocol);
        }

        return cast;
    }

    /// <summary>Waits until every client is at the head with nothing on its way.</summary>
    /// <param name="head">Reads the head.</param>
    public async Task<IReadOnlyList<ActorView>> QuietAsync(Func<Task<long>> head)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var before = await head();
            var views = await Task.WhenAll(Actors.Select(actor => actor.ViewAsync()));
            if (views.All(view => view.IsQuietAt(before)) && await head() == before)
            {
                return views;
            }

            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"Not quiet at {before}: {string.Join("; ", Actors.Zip(views, (actor, view) => $"{actor} {view.Status} {view.Sequence} {view.Pending}"))}");
            }

            await Task.Delay(Interval);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (actor, gate) in _members)
        {
            await actor.DisposeAsync();
            await gate.DisposeAsync();
        }

        await _node.DisposeAsync();
    }
}
