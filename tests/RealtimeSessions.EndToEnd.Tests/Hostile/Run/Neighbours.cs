using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>Members of a session who do nothing wrong: one patches it steadily, and all get every event in order, whatever is done to the server meanwhile.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly List<HubClient> _members = [];
    private readonly CancellationTokenSource _stopped = new();
    private Task<long> _writing = Task.FromResult(0L);
    private Task[] _reading = [];

    /// <summary>Brings them together.</summary>
    /// <param name="servers">One member is on each; the writer is on the first.</param>
    public static async Task<Neighbours> StartAsync(IReadOnlyList<ServerProcess> servers)
    {
        var neighbours = new Neighbours();
        var writer = await neighbours.ConnectAsync(servers[0], "alice");
        var session = await writer.CreateSessionAsync(null, "bob", "carol");
        foreach (var (server, user) in new[] { (servers[0], "bob"), (servers[^1], "carol") })
        {
            var member = await neighbours.ConnectAsync(server, user);
            await member.JoinAsync(session);
            await member.NextAsync("SessionReset");
        }

        neighbours._writing = Task.Run(() => neighbours.WriteAsync(writer, session));
        return neighbours;
    }

    /// <summary>Ends the writing, and fails if anybody has missed anything.</summary>
    /// <returns>How many events each of them got.</returns>
    public async Task<long> StopAsync()
    {
        await _stopped.CancelAsync();
        var last = await _writing;
        _reading = [.. _members.Skip(1).Select(member => ReadAsync(member, last))];
        await Task.WhenAll(_reading);
        Assert.All(_members, member => Assert.False(member.Closed.IsCompleted, "A neighbour's connection has ended."));
        return last - 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }
    }

    private async Task<HubClient> ConnectAsync(ServerProcess server, string user)
    {
        var client = await HubClient.ConnectAsync(server.Address, await server.SignInAsync(user));
        _members.Add(client);
        return client;
    }

    private async Task<long> WriteAsync(HubClient writer, SessionRef session)
    {
        var last = 1L;
        while (!_stopped.IsCancellationRequested)
        {
            var sequence = (await writer.PatchAsync(session, new { n = last + 1 }).WaitAsync(Callbacks.Patience)).Sequence();
            Assert.Equal(last + 1, sequence);
            last = sequence;
            await Task.Delay(Pause);
        }

        return last;
    }

    private static async Task ReadAsync(HubClient member, long last)
    {
        for (var sequence = 2L; sequence <= last; sequence++)
        {
            var patched = await member.NextAsync("SessionDataUpdated");
            Assert.Equal(sequence, patched.Sequence());
            Assert.Equal(sequence, patched.GetProperty("data").GetProperty("n").GetInt64());
        }
    }
}
