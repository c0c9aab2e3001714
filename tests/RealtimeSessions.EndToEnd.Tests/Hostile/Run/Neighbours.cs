using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>
/// Users who do nothing wrong, whatever is done to the server meanwhile: one patches a session steadily and renames it now and then, the members
/// get every event in order, and a watcher of the application every new name.
/// </summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private const int RenameEvery = 10;

    private readonly List<HubClient> _clients = [];
    private readonly List<HubClient> _members = [];
    private readonly CancellationTokenSource _stopped = new();
    private HubClient? _watcher;
    private Task<long> _writing = Task.FromResult(0L);

    /// <summary>The longest that one of their changes has taken.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>Brings them together.</summary>
    /// <param name="servers">The writer is on the first, the others on the first and the last.</param>
    public static async Task<Neighbours> StartAsync(IReadOnlyList<ServerProcess> servers)
    {
        var neighbours = new Neighbours();
        var writer = await neighbours.ConnectAsync(servers[0], "alice");
        var session = await writer.CreateSessionAsync(null, "bob", "carol", "dave");
        foreach (var (server, user) in new[] { (servers[0], "bob"), (servers[^1], "carol") })
        {
            var member = await neighbours.ConnectAsync(server, user);
            await member.JoinAsync(session);
            await member.NextAsync("SessionReset");
            neighbours._members.Add(member);
        }

        neighbours._watcher = await neighbours.ConnectAsync(servers[^1], "dave");
        await neighbours._watcher.CallAsync("WatchApplication", new { applicationId = SessionRef.ApplicationId });
        await neighbours._watcher.NextAsync("FeedReset");
        neighbours._writing = Task.Run(() => neighbours.WriteAsync(writer, session));
        return neighbours;
    }

    /// <summary>Ends the writing, and fails if anybody has missed anything.</summary>
    /// <returns>How many events each member got.</returns>
    public async Task<long> StopAsync()
    {
        await _stopped.CancelAsync();
        var last = await _writing;
        await Task.WhenAll([.. _members.Select(member => ReadAsync(member, last)), WatchAsync(_watcher!, last)]);
        Assert.All(_clients, client => Assert.False(client.Closed.IsCompleted, "A neighbour's connection has ended."));
        return last - 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }

    private async Task<HubClient> ConnectAsync(ServerProcess server, string user)
    {
        var client = await HubClient.ConnectAsync(server.Address, await server.SignInAsync(user));
        _clients.Add(client);
        return client;
    }

    private async Task<long> WriteAsync(HubClient writer, SessionRef session)
    {
        var last = 1L;
        while (!_stopped.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            var next = last + 1;
            var change = IsName(next)
                ? writer.CallAsync("UpdateSessionName", session.With(new { name = $"{next}" }))
                : writer.PatchAsync(session, new { n = next });
            last = (await change.WaitAsync(Callbacks.Patience)).Sequence();
            Assert.Equal(next, last);
            LongestWait = watch.Elapsed > LongestWait ? watch.Elapsed : LongestWait;
            await Task.Delay(Pause);
        }

        return last;
    }

    private static async Task ReadAsync(HubClient member, long last)
    {
        foreach (var sequence in Callbacks.Range(2, last))
        {
            var next = await member.NextAsync(IsName(sequence) ? "SessionUpdated" : "SessionDataUpdated");
            Assert.Equal(sequence, next.Sequence());
        }
    }

    private static async Task WatchAsync(HubClient watcher, long last)
    {
        foreach (var sequence in Callbacks.Range(2, last).Where(IsName))
        {
            Assert.Equal(sequence, (await watcher.NextAsync("SessionUpdated")).Sequence());
        }
    }

    private static bool IsName(long sequence) => sequence % RenameEvery == 0;
}
