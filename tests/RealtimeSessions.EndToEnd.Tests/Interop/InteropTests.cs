using System.Collections.Immutable;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Interop;

/// <summary>
/// The official JavaScript client, over each hub protocol and with both in the same sessions: one suite, and whatever PROTOCOL.md has for a client of
/// the hub comes in it.
/// </summary>
public abstract class InteropTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly List<ServerProcess> _servers = [];

    /// <summary>The codes that no call can be made to answer: a failure of the server, and what only a header of REST asks for.</summary>
    protected virtual IEnumerable<string> Unprovokable => ["internal", "precondition_failed"];

    public abstract Task InitializeAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    [InlineData("mixed")]
    public async Task OfficialClient_OverItsProtocols_DoesAndHearsWhateverTheDocumentHas(string protocol)
    {
        var report = await InteropReport.RunAsync("suite", protocol, _servers);
        var outage = await ProvokeOutageAsync(protocol, _servers);

        output.WriteLine($"{report.Checks} checks.");
        Assert.All(_servers, server => server.AssertNoErrors());
        AssertSame(ProtocolDocument.Rows.Select(row => row.Method).OfType<string>().Concat(ProtocolDocument.ConversationMethods.Keys), report.Methods);
        AssertSame(ProtocolDocument.Callbacks.Concat(ProtocolDocument.ConversationCallbacks), report.Callbacks);
        AssertSame(
            ProtocolDocument.Rows.Where(row => row.Method is not null).SelectMany(row => row.Errors)
                .Concat(ProtocolDocument.ConversationMethods.Values.SelectMany(errors => errors))
                .Concat(ProtocolDocument.GeneralErrors).Concat(ProtocolDocument.HubErrors).Except(Unprovokable),
            [.. report.Codes, .. outage]);
    }

    /// <summary>Takes the storage away, where that can be, and asks on.</summary>
    /// <returns>The codes that were answered.</returns>
    protected virtual Task<string[]> ProvokeOutageAsync(string protocol, IReadOnlyList<ServerProcess> servers) => Task.FromResult<string[]>([]);

    /// <summary>Starts a server that keeps fewer events than a check makes.</summary>
    protected async Task StartAsync(ImmutableDictionary<string, string> settings) =>
        _servers.Add(await ServerProcess.StartAsync(settings.Add("Sessions__RetainedEvents", "100").Add("Log__SnapshotEvents", "50")));

    private static void AssertSame(IEnumerable<string> documented, IReadOnlyCollection<string> seen)
    {
        string[] unseen = [.. documented.Except(seen)], undocumented = [.. seen.Except(documented)];
        Assert.True(unseen is [], $"PROTOCOL.md has what no check has seen: {string.Join(", ", unseen)}");
        Assert.True(undocumented is [], $"PROTOCOL.md does not have: {string.Join(", ", undocumented)}");
    }

    public sealed class Embedded(ITestOutputHelper output) : InteropTests(output)
    {
        /// <summary>This storage is in the server, so it is not away.</summary>
        protected override IEnumerable<string> Unprovokable => [.. base.Unprovokable, "unavailable"];

        public override Task InitializeAsync() => StartAsync(ImmutableDictionary<string, string>.Empty);
    }

    public sealed class Redis(ITestOutputHelper output) : InteropTests(output)
    {
        private RedisStorage? _storage;

        public override async Task InitializeAsync()
        {
            _storage = await RedisStorage.StartAsync();
            var settings = _storage.Settings.Add("Sessions__AppendPatience", "00:00:02");
            await StartAsync(settings);
            await StartAsync(settings);
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            if (_storage is not null)
            {
                await _storage.DisposeAsync();
            }
        }

        protected override async Task<string[]> ProvokeOutageAsync(string protocol, IReadOnlyList<ServerProcess> servers)
        {
            await _storage!.Redis.KillAsync();
            return (await InteropReport.RunAsync("outage", protocol, servers)).Codes;
        }
    }
}
