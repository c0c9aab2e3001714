using System.Collections.Immutable;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Table.Calls;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.EndToEnd.Tests.Table.Model;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Table;

/// <summary>Whatever the table of PROTOCOL.md says that a call can be refused for besides who calls: it is, over each door, and nothing is done.</summary>
public abstract class ConditionTests : TableTest
{
    private readonly List<ServerProcess> _servers = [];

    protected override IReadOnlyList<ServerProcess> Servers => _servers;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task AnyCall_ForWhatIsThere_IsRefusedAsTheTableSays()
    {
        var cells =
            from provocation in Provocations.All
            from door in DoorsOf(provocation.User).OfEachKind
            where provocation.IsFor(door)
            select (provocation, door);

        await ForEachAsync([.. cells], async cell => await ProvokeAsync(cell.provocation, cell.door));

        Tally.AssertNoFaults();
        Tally.AssertRefused(ProtocolDocument.Rows, [.. ProtocolDocument.Errors.Keys.Except(Oracle.Codes)], except: ("precondition_failed", HubDoor.Name));
    }

    protected async Task StartAsync(ImmutableDictionary<string, string> settings) =>
        _servers.Add(await ServerProcess.StartAsync(settings.AddRange(TightServers.Settings)));

    private async Task<bool> ProvokeAsync(Provocation provocation, Door door)
    {
        var application = await Stage.MakeApplicationAsync(Caller.Bob, RoleKind.Administrator, byGroup: false);
        var target = await Stage.MakeSessionAsync(application, Caller.Bob, Participation.User, Presence.Open);
        var call = provocation.Prepare is { } prepare ? await prepare(Stage, door, target) ?? provocation.Call : provocation.Call;
        var before = await DescribeAsync(target);

        var outcome = await door.CallAsync(call, target);

        Tally.Count(call.Row, door.Source, outcome);
        if (outcome.Code != provocation.Code)
        {
            Tally.Fault($"{provocation} over {door.Source}: {outcome} {outcome.Answer}");
        }
        else if (!call.Row.Errors.Contains(provocation.Code))
        {
            Tally.Fault($"PROTOCOL.md: {provocation} stands in no row.");
        }
        else if (call.Row.CanChange && await DescribeAsync(target) != before)
        {
            Tally.Fault($"{provocation} over {door.Source}: something was changed.");
        }

        return true;
    }

    private async Task<string> DescribeAsync(Target target) =>
        $"{await Stage.DescribeAsync(target)}\n{await Stage.DescribeAsync(target with { SessionId = null })}";

    public sealed class Embedded : ConditionTests
    {
        public override async Task InitializeAsync()
        {
            await StartAsync(ImmutableDictionary<string, string>.Empty);
            await base.InitializeAsync();
        }
    }

    public sealed class Redis : ConditionTests
    {
        private RedisStorage? _storage;

        public override async Task InitializeAsync()
        {
            _storage = await RedisStorage.StartAsync();
            await StartAsync(_storage.Settings);
            await StartAsync(_storage.Settings);
            await base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            if (_storage is not null)
            {
                await _storage.DisposeAsync();
            }
        }
    }
}
