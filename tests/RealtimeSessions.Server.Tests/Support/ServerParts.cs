global using LiveSession = RealtimeSessions.Server.Lanes.LiveLog<RealtimeSessions.Server.Sessions.SessionKey, RealtimeSessions.Server.Sessions.SessionState, RealtimeSessions.Server.Applications.ApplicationModel?>;
global using SessionLanes = RealtimeSessions.Server.Lanes.LaneServices<RealtimeSessions.Server.Sessions.SessionKey, RealtimeSessions.Server.Sessions.SessionState, RealtimeSessions.Server.Applications.ApplicationModel?>;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Feeds;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Presence;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Sessions.Following;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>
/// The server below its hub on a real engine, with one application <c>demo</c> in which <see cref="Alice"/> is an Administrator,
/// <see cref="Bob"/> and <see cref="Bert"/> are Contributors and <see cref="Carol"/> is a Viewer.
/// </summary>
internal sealed class ServerParts : IAsyncDisposable
{
    public const string ApplicationId = "demo";

    public static readonly Caller Alice = new("alice", [Caller.Everyone]);
    public static readonly Caller Bob = new("bob", [Caller.Everyone]);
    public static readonly Caller Bert = new("bert", [Caller.Everyone]);
    public static readonly Caller Carol = new("carol", [Caller.Everyone]);
    public static readonly Caller Mallory = new("mallory", [Caller.Everyone]);

    private readonly TestStorage _storage;
    private readonly SessionsOptions _options;
    private readonly LimitsOptions _limits;
    private readonly List<ServerParts> _others = [];

    private ServerParts(
        IEventLog log, ICatalog catalog, IMessageBus bus, TestStorage storage, VirtualTime time, SessionsOptions options, LimitsOptions limits)
    {
        (_storage, _options, _limits) = (storage, options, limits);
        (Catalog, Time) = (catalog, time);
        Log = new ScriptedEventLog(log);
        Directory = new DirectoryParts(Log, catalog, Time, Logs);
        Store = new ApplicationStore(catalog);
        Applications = new ApplicationCache(Store, TimeProvider.System, Logs.CreateLogger<ApplicationCache>());
        var all = Options.Create(options);
        FeedLog = new FeedLog(Log, all, Time, Logs.CreateLogger<FeedLog>());
        var feed = new SessionFeedWriter(Log, FeedLog, Logs.CreateLogger<SessionFeedWriter>());
        Summaries = new SessionSummaries(Catalog);
        Kind = new SessionKind(all);
        Follower = new SessionFollower(Kind, Summaries, feed, Log, Catalog, Time, Logs.CreateLogger<SessionFollower>());
        Lane = new SessionLanes(
            Kind, new SessionScenes(Applications), Follower, new(Kind, Log, Logs.CreateLogger<SnapshotWriter<SessionKey, SessionState>>()), Log, Options.Create(limits), Time, Logs.CreateLogger<SessionLanes>());
        Sessions = new LiveSessions(Kind, Log, Lane, Time, Logs.CreateLogger<LiveSessions>());
        Reader = new SessionReader(Sessions, Summaries, Applications, new RolelessParticipants(Logs.CreateLogger<RolelessParticipants>()));
        History = new SessionHistory(Reader, Log);
        Service = new SessionService(Sessions, Follower, Reader);
        var remover = new SessionRemover(Service, Follower);
        Remover = new ApplicationRemover(Store, Summaries, remover, FeedLog, Time, Logs.CreateLogger<ApplicationRemover>());
        Housekeeper = new SessionHousekeeper(Store, Summaries, Service, remover, Log, all, Time, Logs.CreateLogger<SessionHousekeeper>());
        Sweeper = new SessionSweeper(Kind, Follower, Sessions, Time, Logs.CreateLogger<SessionSweeper>());
        var pump = new MemberPump(Metrics, TimeProvider.System, Logs.CreateLogger<MemberPump>());
        Channels = new ChannelServices(Log, Applications, pump, [new JsonFrameEncoder()], Metrics, Options.Create(DeliveryOptions), Time);
        Presence = new PresenceServices(bus, Options.Create(limits), Time, Logs.CreateLogger<PresenceServices>());
        Delivery = new SessionDelivery(Reader, Sessions, Channels, Presence, Options.Create(limits));
        FeedReplicas = new FeedReplicas(Log, FeedLog, Logs.CreateLogger<FeedReplicas>());
        Feeds = new FeedDelivery(Reader, FeedReplicas, Channels, Options.Create(limits));
    }

    /// <summary>How events go out; may be changed before the first member comes.</summary>
    public DeliveryOptions DeliveryOptions { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public VirtualTime Time { get; }

    public ScriptedEventLog Log { get; }

    /// <summary>The directory; follows what other servers write from its start on.</summary>
    public DirectoryParts Directory { get; }

    public ApplicationStore Store { get; }

    public ICatalog Catalog { get; }

    public SessionSummaries Summaries { get; }

    public ApplicationCache Applications { get; }

    public SessionKind Kind { get; }

    public SessionLanes Lane { get; }

    public LiveSessions Sessions { get; }

    public SessionReader Reader { get; }

    public SessionHistory History { get; }

    public SessionService Service { get; }

    public FeedLog FeedLog { get; }

    public SessionFollower Follower { get; }

    public SessionSweeper Sweeper { get; }

    public SessionHousekeeper Housekeeper { get; }

    public ApplicationRemover Remover { get; }

    public ChannelServices Channels { get; }

    public PresenceServices Presence { get; }

    public ServerMetrics Metrics { get; } = new(new Meters());

    public SessionDelivery Delivery { get; }

    public FeedReplicas FeedReplicas { get; }

    public FeedDelivery Feeds { get; }

    public static async Task<ServerParts> StartAsync(
        SessionsOptions? options = null, LogOptions? log = null, LimitsOptions? limits = null, RedisServer? redis = null)
    {
        var storage = new TestStorage(log ?? new LogOptions(), redis);
        var engine = await storage.OpenAsync();
        var parts = new ServerParts(
            engine.EventLog, engine.Catalog, engine.Bus, storage, new VirtualTime(), options ?? new SessionsOptions(), limits ?? new LimitsOptions());
        var application = new Application
        {
            ApplicationId = ApplicationId,
            Name = "Demo",
            DraftVersion = 1,
            CreatedBy = Alice.UserId,
            CreatedAt = parts.Time.GetUtcNow(),
        };
        await parts.Store.CreateAsync(application, [.. DefaultRoles.For(Alice.UserId).Select(role => role.Name switch
        {
            DefaultRoles.Contributor => role with { Participants = [new(Bob.UserId), new(Bert.UserId)] },
            DefaultRoles.Viewer => role with { Participants = [new(Carol.UserId)] },
            _ => role,
        })]);
        return parts;
    }

    /// <summary>Starts another server on the same storage, with the same clock and options. It ends with this one.</summary>
    /// <param name="budget">How much it writes before it stops; null: it does not.</param>
    public async Task<ServerParts> StartOtherAsync(WriteBudget? budget = null)
    {
        var engine = await _storage.OpenAsync();
        var other = budget is null
            ? new ServerParts(engine.EventLog, engine.Catalog, engine.Bus, _storage, Time, _options, _limits)
            : new ServerParts(
                new DyingEventLog(engine.EventLog, budget), new DyingCatalog(engine.Catalog, budget), engine.Bus, _storage, Time, _options, _limits);
        _others.Add(other);
        return other;
    }

    public static SessionKey Key(string sessionId) => new(ApplicationId, sessionId);

    /// <summary>Makes a session by <see cref="Bob"/>.</summary>
    public async Task<SessionKey> CreateAsync(string sessionId, params Participant[] participants)
    {
        var answer = await Service.CreateAsync(Bob, new CreateSessionRequest
        {
            ApplicationId = ApplicationId,
            SessionId = sessionId,
            Name = sessionId,
            Participants = participants,
        }, EventSource.Hub);
        Assert.Null(answer.Error);
        return Key(sessionId);
    }

    public Task<Result<Ack>> PatchAsync(
        SessionKey key, string patch, Caller? caller = null, (string Id, long Number)? writer = null, IEventOrigin? origin = null) =>
        Service.PatchDataAsync(caller ?? Bob, Make.Patch(key, patch, writer), EventSource.Hub, origin);

    /// <summary>The data as a reader gets them.</summary>
    public async Task<string> DataAsync(SessionKey key) => (await History.GetDataAsync(Alice, new GetSessionDataRequest { ApplicationId = key.ApplicationId, SessionId = key.SessionId })).Value!.Data.ToString();

    /// <summary>Everything in the log.</summary>
    public async Task<IReadOnlyList<LogEvent>> EventsAsync(SessionKey key) => (await Log.ReadAsync(key.Log, 0, 10_000))!.Events;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _others.Append(this))
        {
            server.Applications.Dispose();
            await server.Directory.DisposeAsync();
            await server.Sessions.DisposeAsync();
            await server.FeedReplicas.DisposeAsync();
        }

        await _storage.DisposeAsync();
        Assert.All(_others.Append(this), server => Assert.Empty(server.Logs.Errors));
    }
}
