using System.Collections.Immutable;
using RealtimeSessions.Benchmarks.Load.Dialects;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>The product's server, on the embedded engine or on a Redis of its own.</summary>
internal sealed class SessionsSubject : Subject
{
    private readonly ServerProcess _server;
    private readonly RedisServer? _redis;

    private SessionsSubject(string name, ServerProcess server, RedisServer? redis, Probe probe, string token)
        : base(name, probe) => (_server, _redis, Token) = (server, redis, token);

    public override string Dialect => SessionsDialect.Name;

    public override string QuietDialect => QuietSessionsDialect.Name;

    public override Uri Address => _server.Address;

    public override int ServerId => _server.Id;

    public override int? RedisId => _redis?.Process.Id;

    public override string Token { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="onRedis">Whether it stores in a Redis of its own.</param>
    /// <param name="settings">Further settings, as environment variables.</param>
    public static async Task<SessionsSubject> StartAsync(bool onRedis = false, ImmutableDictionary<string, string>? settings = null)
    {
        var probe = new Probe();
        settings = (settings ?? ImmutableDictionary<string, string>.Empty)
            .AddRange(probe.Settings).Add("Logging__LogLevel__Default", "Warning");
        var redis = onRedis ? await StartRedisAsync() : null;
        try
        {
            var server = await ServerProcess.StartAsync(
                redis is null ? settings : settings.Add("ConnectionStrings__Redis", redis.ConnectionString));
            return new SessionsSubject(onRedis ? "sessions, Redis" : "sessions", server, redis, probe, await server.SignInAsync("alice"));
        }
        catch when (redis is not null)
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>A token for a user of any name.</summary>
    public Task<string> SignInAsync(string user) => _server.SignInAsync(user);

    /// <summary>Starts a Redis that survives a crash of its process but for the last second.</summary>
    public static Task<RedisServer> StartRedisAsync() => RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "everysec");

    public override void AssertNoErrors() => _server.AssertNoErrors();

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        Probe.Dispose();
    }

    protected override Task CreateAsync(HubClient client, string session) =>
        client.CallAsync("CreateSession", new { applicationId = "demo", sessionId = session, name = session });

    protected override Task PatchAsync(HubClient client, string session, string patch) =>
        CallAsync(client, "PatchSessionData", $$"""[{"applicationId":"demo","sessionId":"{{session}}","data":{{patch}}}]""");
}
