using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>A server with one session, <c>board</c>, and clients that join and watch.</summary>
public abstract class DeliveryTest : LaneTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal async Task<JoinedSession> JoinAsync(
        TestClient client, string key = "board", ResumePosition? since = null, bool echo = false, bool conflate = false)
    {
        var joined = await TryJoinAsync(client, key, since, echo, conflate);
        Assert.Null(joined.Error);
        return joined.Value!;
    }

    internal Task<Result<JoinedSession>> TryJoinAsync(
        TestClient client, string key = "board", ResumePosition? since = null, bool echo = false, bool conflate = false) =>
        Parts.Delivery.JoinAsync(client.Connection, new JoinSessionRequest
        {
            ApplicationId = "demo",
            SessionId = key,
            Since = since,
            Echo = echo,
            Conflate = conflate,
        }).WaitAsync(Patience);

    /// <summary>Watches, and reads the reset that comes first unless the client continues.</summary>
    internal async Task<Position> WatchAsync(TestClient client, ResumePosition? since = null, params (string Name, string Value)[] properties)
    {
        var watched = await TryWatchAsync(client, since: since, properties: properties);
        Assert.Null(watched.Error);
        if (!watched.Value!.Recovered)
        {
            AssertReset(await client.NextAsync(), watched.Value.Position);
        }

        return watched.Value.Position;
    }

    internal Task<Result<WatchedApplication>> TryWatchAsync(
        TestClient client, string application = "demo", ResumePosition? since = null, params (string Name, string Value)[] properties) =>
        Parts.Feeds.WatchAsync(client.Connection, new WatchApplicationRequest
        {
            ApplicationId = application,
            Since = since,
            Properties = properties.Length == 0 ? null : properties.ToDictionary(pair => pair.Name, pair => pair.Value),
        }).WaitAsync(Patience);

    internal async Task AddAsync(SessionKey key, Participant participant) => Assert.Null(
        (await Parts.Service.AddParticipantAsync(ServerParts.Alice, About(key, participant), EventSource.Hub, origin: null)).Error);

    internal async Task RemoveAsync(SessionKey key, Participant participant) => Assert.Null(
        (await Parts.Service.RemoveParticipantAsync(ServerParts.Alice, About(key, participant), EventSource.Hub, origin: null)).Error);

    internal async Task DeleteAsync(SessionKey key) => Assert.Null((await Parts.Service.DeleteAsync(
        ServerParts.Alice, new ChangeSessionRequest { ApplicationId = key.ApplicationId, SessionId = key.SessionId }, EventSource.Hub)).Error);

    internal async Task FileAsync(SessionKey key, params (string Name, string Value)[] properties) => Assert.Null(
        (await Parts.Service.UpdatePropertiesAsync(
            ServerParts.Alice,
            new UpdateSessionPropertiesRequest
            {
                ApplicationId = key.ApplicationId,
                SessionId = key.SessionId,
                Properties = properties.ToDictionary(pair => pair.Name, pair => pair.Value),
            },
            EventSource.Hub,
            origin: null)).Error);

    internal async Task RenameAsync(SessionKey key, string name) => Assert.Null((await Parts.Service.UpdateNameAsync(
        ServerParts.Alice,
        new UpdateSessionNameRequest { ApplicationId = key.ApplicationId, SessionId = key.SessionId, Name = name },
        EventSource.Hub,
        origin: null)).Error);

    /// <summary>Waits until members that are not behind have been told of everything in the log.</summary>
    internal async Task SettleAsync(SessionKey key)
    {
        using var lease = Parts.Sessions.Rent(key);
        var replica = (await lease.Log.OpenAsync())!;
        await replica.WaitForAsync((await Parts.Log.ReadAsync(key.Log, 0, 0))!.Head.Position).WaitAsync(Patience);

        // Members are told under the replica's lock, after what is waited for: whoever has the lock now comes after that.
        replica.Detach(new Nobody());
    }

    /// <summary>Waits until a member of <c>board</c> has all there was, so that passes bring it what comes.</summary>
    internal Task UntilAtTheHeadAsync(TestClient client) => Wait.UntilAsync(() => client.Connection.Sessions.Find(Board) is { IsCatchingUp: false });

    internal async Task SendAsync(SessionKey key, string name) => Assert.Null((await Parts.Service.CreateEventAsync(
        ServerParts.Alice,
        new CreateSessionEventRequest { ApplicationId = key.ApplicationId, SessionId = key.SessionId, Name = name },
        EventSource.Hub,
        origin: null)).Error);

    /// <summary>Changes the application's roles.</summary>
    internal async Task ChangeRolesAsync(Func<Role, Role> change)
    {
        var entry = (await Parts.Store.GetAsync("demo"))!;
        var document = ApplicationStore.Read(entry);
        Assert.NotNull((await Parts.Store.PutAsync(document with { Roles = [.. document.Roles.Select(change)] }, entry.Version)).Value);
    }

    internal async Task DeleteApplicationAsync()
    {
        var entry = (await Parts.Store.GetAsync("demo"))!;
        Assert.NotNull((await Parts.Store.PutAsync(ApplicationStore.Read(entry) with { DeletedAt = Make.Noon }, entry.Version)).Value);
    }

    internal static Participant Of(Caller caller, string? role = null) => new(caller.UserId) { Role = role };

    internal static async Task AssertLeftAsync(TestClient client, string callback, string reason)
    {
        var left = await client.NextAsync();
        Assert.Equal((callback, reason), (left.Target, left.Argument["reason"]?.GetValue<string>()));
    }

    internal static void AssertReset(Callback reset, Position position) => Assert.Equal(
        ("FeedReset", "demo", position.Epoch, position.Sequence),
        (reset.Target, reset.Argument["applicationId"]!.GetValue<string>(), reset.Argument["position"]!["epoch"]!.GetValue<string>(),
            reset.Argument["position"]!["sequence"]!.GetValue<long>()));

    private static SessionParticipantRequest About(SessionKey key, Participant participant) =>
        new() { ApplicationId = key.ApplicationId, SessionId = key.SessionId, Participant = participant };

    private sealed class Nobody : IReplicaObserver<SessionState>
    {
        public void OnEvents(IReadOnlyList<LogEvent> events, ReplicaState<SessionState> state)
        {
        }

        public void OnReset(ReplicaState<SessionState> state)
        {
        }

        public void OnDeleted()
        {
        }

        public void OnFailed()
        {
        }
    }
}
