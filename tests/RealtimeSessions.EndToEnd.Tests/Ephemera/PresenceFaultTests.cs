using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Ephemera;

/// <summary>Three servers; one dies, one stops, their connection breaks: everybody's list is right again.</summary>
public sealed class PresenceFaultTests : IAsyncLifetime
{
    /// <summary>They are gone after 30 seconds; a busy machine may be later.</summary>
    private static readonly TimeSpan Crash = TimeSpan.FromSeconds(50);

    /// <summary>Less than the 20 seconds at least that those of a server last for which falls silent.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(19);

    private readonly List<ServerProcess> _servers = [];
    private readonly List<HubClient> _clients = [];
    private RedisStorage _storage = null!;

    public async Task InitializeAsync()
    {
        _storage = await RedisStorage.StartDurableAsync();
        for (var i = 0; i < 3; i++)
        {
            _servers.Add(await ServerProcess.StartAsync(_storage.Settings));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _storage.DisposeAsync();
        Assert.All(_servers, server => server.AssertNoErrors());
    }

    [Fact]
    public async Task AServer_IsKilled_ItsPeopleAreGoneInTime()
    {
        var members = await JoinAsync();
        await _servers[2].KillAsync();
        var clock = Stopwatch.StartNew();

        foreach (var member in members[..4])
        {
            await member.UntilAsync(() => Knows(member, members[..4]), Crash - clock.Elapsed);
        }

        // Those who stayed were never gone.
        Assert.All(members[..4], member => Assert.Equal(1, member.Wholes));
    }

    [Fact]
    public async Task AServer_IsStopped_ItsPeopleAreGoneAtOnce()
    {
        var members = await JoinAsync();
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await _servers[2].StopAsync());

        foreach (var member in members[..4])
        {
            await member.UntilAsync(() => Knows(member, members[..4]), AtOnce - clock.Elapsed);
        }
    }

    [Fact]
    public async Task Announcements_Break_WhatWasMissedIsMadeGood()
    {
        var members = await JoinAsync();
        for (var round = 0; round < 5; round++)
        {
            await _storage.Redis.SendAsync("CLIENT KILL TYPE pubsub");
            await Task.WhenAll(members.Select(member => member.UpdateAsync(new { round })));
            foreach (var member in members)
            {
                await member.UntilAsync(() => Knows(member, members) && members.All(other =>
                    member.People![UserOf(members, other)]![other.ConnectionId]!["round"]?.GetValue<int>() == round));
            }
        }
    }

    [Fact]
    public async Task Redis_IsRestarted_EverybodyIsKnownAgain()
    {
        var members = await JoinAsync();
        await _storage.Redis.RestartAsync();
        await members[0].Hub.CallAsync("LeaveSession", members[0].Session.With());
        await members[3].UpdateAsync(new { after = true });

        foreach (var member in members[1..])
        {
            await member.UntilAsync(() => Knows(member, members[1..])
                && member.People![UserOf(members, members[3])]![members[3].ConnectionId]!["after"]?.GetValue<bool>() == true);
        }
    }

    /// <summary>Two connections to each server, in one session; all know all.</summary>
    private async Task<PresentClient[]> JoinAsync()
    {
        var session = await (await ConnectAsync(_servers[0], "alice")).CreateSessionAsync(null, Enumerable.Range(0, 6).Select(i => $"user-{i % 4}").ToArray());
        var members = new List<PresentClient>();
        for (var i = 0; i < 6; i++)
        {
            members.Add(await PresentClient.JoinAsync(await ConnectAsync(_servers[i / 2], $"user-{i % 4}"), session));
        }

        foreach (var member in members)
        {
            await member.UntilAsync(() => Knows(member, members));
        }

        return [.. members];
    }

    private static bool Knows(PresentClient member, IReadOnlyCollection<PresentClient> members) =>
        member.People?.SelectMany(person => person.Value!.AsObject().Select(connection => connection.Key)).Order()
            .SequenceEqual(members.Select(other => other.ConnectionId).Order()) == true;

    private static string UserOf(PresentClient[] members, PresentClient member) => $"user-{Array.IndexOf(members, member) % 4}";

    private async Task<HubClient> ConnectAsync(ServerProcess server, string user)
    {
        _clients.Add(await HubClient.ConnectAsync(server.Address, await server.SignInAsync(user)));
        return _clients[^1];
    }
}
