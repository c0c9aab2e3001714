using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>A test of the .NET client against real servers. It fails if a client logs an error, such as a handler that throws.</summary>
public abstract class ClientTest(Deployment deployment) : HubTest(deployment)
{
    protected static readonly TimeSpan Patience = Callbacks.Patience;
    private readonly List<IAsyncDisposable> _opened = [];
    private readonly RecordedLogs _logs = new();

    public static TheoryData<RealtimeProtocol> Protocols => [RealtimeProtocol.Json, RealtimeProtocol.MessagePack];

    public override async Task DisposeAsync()
    {
        foreach (var opened in Enumerable.Reverse(_opened))
        {
            await opened.DisposeAsync();
        }

        Assert.Empty(_logs.Errors);
        await base.DisposeAsync();
    }

    private protected RealtimeClient Open(string user, RealtimeProtocol protocol = default, TcpGate? gate = null, Action<RealtimeClientOptions>? configure = null)
    {
        var options = new RealtimeClientOptions
        {
            Url = gate?.Address ?? Second.Address,
            AccessToken = _ => Second.SignInAsync(user),
            Protocol = protocol,
            MaximumReconnectDelay = TimeSpan.FromSeconds(0.2),
            ConnectTimeout = Patience,
        };
        configure?.Invoke(options);
        return Keep(new RealtimeClient(options, new OwnLogs(_logs)));
    }

    private protected TcpGate Gate() => Keep(new TcpGate(Second.Address.Port));

    private protected static Task<CreatedSession> CreateAsync(RealtimeClient client, params Participant[] participants) => client.CreateSessionAsync(new()
    {
        ApplicationId = "demo",
        Name = "A session",
        Participants = participants,
    });

    /// <summary>A session of alice's, in which bob is too, as both have joined it.</summary>
    private protected async Task<(LiveSession Alice, LiveSession Bob)> JoinBothAsync(
        RealtimeProtocol protocol, TcpGate? gate = null, JoinSessionOptions? options = null)
    {
        var alice = Open("alice", protocol, gate);
        var session = await CreateAsync(alice, new Participant("bob"));
        return (await alice.JoinSessionAsync("demo", session.SessionId, options),
            await Open("bob", protocol).JoinSessionAsync("demo", session.SessionId, options));
    }

    private protected static JsonTree Tree(string json) => JsonTree.Parse(json);

    private protected static JsonObject Node(string json) => (JsonObject)JsonNode.Parse(json)!;

    /// <summary>Waits until the data are as they should be.</summary>
    private protected static Task UntilAsync(LiveSession session, string json) => UntilAsync(session.OnChange, () => session.Data, data => data.Equals(Tree(json)));

    /// <summary>Waits until a status.</summary>
    private protected static Task UntilAsync(LiveSession session, SyncStatus status) =>
        UntilAsync(session.OnSyncStatus, () => session.SyncStatus, one => one == status);

    /// <summary>Waits until something told is as it should be.</summary>
    private protected static async Task<T> UntilAsync<T>(Func<Action<T>, IDisposable> listen, Func<T> now, Func<T, bool> isIt)
    {
        var found = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = listen(value =>
        {
            if (isIt(value))
            {
                found.TrySetResult(value);
            }
        });
        return now() is { } present && isIt(present) ? present : await found.Task.WaitAsync(Patience);
    }

    /// <summary>SignalR logs each lost connection as an error; the client itself logs none.</summary>
    private sealed class OwnLogs(RecordedLogs logs) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("RealtimeSessions.", StringComparison.Ordinal) ? logs : NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    private T Keep<T>(T opened)
        where T : IAsyncDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
