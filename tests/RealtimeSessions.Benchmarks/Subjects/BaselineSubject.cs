using RealtimeSessions.Benchmarks.Baseline;
using RealtimeSessions.Benchmarks.Load.Dialects;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>A baseline's process.</summary>
internal sealed class BaselineSubject : Subject
{
    private readonly RoleProcess _process;
    private readonly RedisServer? _redis;
    private Uri? _address;

    private BaselineSubject(string kind, RedisServer? redis, Probe probe)
        : base(kind, probe)
    {
        // The collector is what an ASP.NET Core application has that sets nothing; this program itself is none.
        var settings = probe.Settings.Add("DOTNET_gcServer", "1");
        _redis = redis;
        _process = new RoleProcess(
            redis is null ? settings : settings.Add(BaselineServer.RedisVariable, redis.ConnectionString), BaselineServer.Role, kind);
    }

    public override string Dialect => BareDialect.Name;

    public override string QuietDialect => NothingDialect.Name;

    public override Uri Address => _address!;

    public override int ServerId => _process.Id;

    public override int? RedisId => _redis?.Process.Id;

    /// <summary>Starts a baseline.</summary>
    /// <param name="kind">Which: <see cref="BaselineServer.Bare"/>, or <see cref="BaselineServer.Naive"/> with a Redis of its own.</param>
    public static async Task<BaselineSubject> StartAsync(string kind)
    {
        var redis = kind == BaselineServer.Naive ? await SessionsSubject.StartRedisAsync() : null;
        var subject = new BaselineSubject(kind, redis, new Probe());
        subject._address = new Uri(await subject._process.ReadLineAsync());
        return subject;
    }

    public override async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        Probe.Dispose();
    }

    protected override Task CreateAsync(HubClient client, string session) => Task.CompletedTask;

    protected override Task PatchAsync(HubClient client, string session, string patch) => CallAsync(client, "Patch", $"[\"{session}\",{patch}]");
}
