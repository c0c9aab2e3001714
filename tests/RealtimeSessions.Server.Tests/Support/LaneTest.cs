using System.Collections.Concurrent;
using System.Text.Json;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>A server with one session, <c>board</c>.</summary>
public abstract class LaneTest : IAsyncLifetime
{
    internal ServerParts Parts { get; private set; } = null!;

    internal SessionKey Board { get; private set; }

    internal virtual SessionsOptions Options { get; } = new();

    internal virtual LogOptions Log { get; } = new();

    internal virtual LimitsOptions Limits { get; } = new();

    /// <summary>Where the storage is; null: in the embedded engine.</summary>
    internal RedisServer? Redis { get; private set; }

    public virtual async Task InitializeAsync()
    {
        Redis = await StartRedisAsync();
        Parts = await ServerParts.StartAsync(Options, Log, Limits, Redis);
        Board = await Parts.CreateAsync("board");
    }

    public virtual async Task DisposeAsync()
    {
        await Parts.DisposeAsync();
        await (Redis?.DisposeAsync() ?? default);
    }

    /// <summary>Starts what the storage is in; null: the embedded engine.</summary>
    internal virtual Task<RedisServer?> StartRedisAsync() => Task.FromResult<RedisServer?>(null);

    /// <summary>What the patches in the log set <c>n</c> to, in their order.</summary>
    internal async Task<IReadOnlyList<int>> NumbersAsync() =>
    [
        .. (await Parts.EventsAsync(Board))
            .Select(next => (JsonSerializer.Deserialize(next.Payload.Span, ProtocolJsonContext.Default.SessionEvent) as SessionDataUpdated)?.Data)
            .Where(data => data is not null && data.TryGetMember("n", out _))
            .Select(data => data!.TryGetMember("n", out var n) ? int.Parse(n.ToString()) : 0),
    ];

    /// <summary>Patches in this order, none awaited before the next.</summary>
    internal Task<Result<Ack>>[] Pipeline(int count, string? writer = null) =>
        [.. Enumerable.Range(1, count).Select(n => Parts.PatchAsync(Board, $$"""{"n":{{n}}}""", writer: writer is null ? null : (writer, n)))];

    /// <summary>The first call does what is said, later ones what the engine does.</summary>
    internal static AppendScript Once(AppendScript first)
    {
        var calls = 0;
        return (appends, append) => Interlocked.Increment(ref calls) == 1 ? first(appends, append) : append(appends);
    }

    internal static void AssertAppended(IEnumerable<Result<Ack>> answers) => Assert.All(answers, answer => Assert.Null(answer.Error));

    /// <summary>Notes what it is told.</summary>
    internal sealed class Origin : IEventOrigin
    {
        public ConcurrentDictionary<Guid, bool> Expected { get; } = new();

        public void Expect(Guid eventId) => Expected[eventId] = true;

        public void Forget(Guid eventId) => Expected[eventId] = false;
    }
}
