using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Hubs;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>A server's directory of users, and what keeps its connections in their groups.</summary>
internal sealed class DirectoryParts : IAsyncDisposable
{
    public DirectoryParts(IEventLog log, ICatalog catalog, TimeProvider time, RecordedLogs logs)
    {
        Catalog = new ScriptedCatalog(catalog);
        var options = Options.Create(Settings);
        var store = new UserStore(Catalog);
        Cache = new UserCache(store, time, logs.CreateLogger<UserCache>());
        Counters = new Counters(Catalog);
        Log = new DirectoryLog(log, time);
        Users = new UserDirectory(store, Cache, Counters, new MembershipWriter(store, Cache, Log), time);
        Callers = new Callers(Users, Options.Create(new IdentityOptions()), options);
        Groups = new ConnectionGroups(Users, Callers, time, logs.CreateLogger<ConnectionGroups>());
        Follower = new DirectoryFollower(Log, Cache, options, time, logs.CreateLogger<DirectoryFollower>());
    }

    /// <summary>May be changed before anything is asked of it.</summary>
    public DirectoryOptions Settings { get; } = new();

    public ScriptedCatalog Catalog { get; }

    public UserCache Cache { get; }

    public Counters Counters { get; }

    public DirectoryLog Log { get; }

    public UserDirectory Users { get; }

    public Callers Callers { get; }

    public ConnectionGroups Groups { get; }

    public DirectoryFollower Follower { get; }

    /// <summary>Begins to follow what other servers write.</summary>
    public Task StartAsync() => Follower.StartAsync(default);

    /// <summary>Connects a client, as the hub does.</summary>
    public async Task<TestClient> ConnectAsync(Caller caller)
    {
        var client = new TestClient(caller);
        await Groups.FollowAsync(client.Connection);
        return client;
    }

    /// <summary>Writes what one user is in a space.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="sequence">As of which event of the space's log.</param>
    /// <param name="groups">His groups; null: he has left the space.</param>
    /// <param name="spaceId">The space.</param>
    /// <param name="epoch">The epoch of the space's log.</param>
    public Task WriteAsync(long userId, long sequence, long[]? groups, long spaceId = 7, string epoch = "e")
    {
        var asOf = new Position(epoch, sequence);
        return Users.WriteMembershipsAsync(
            spaceId, asOf, new Dictionary<long, Membership> { [userId] = new(asOf, groups is not null, groups ?? []) });
    }

    public async ValueTask DisposeAsync()
    {
        await Follower.StopAsync(default);
        Follower.Dispose();
    }
}
