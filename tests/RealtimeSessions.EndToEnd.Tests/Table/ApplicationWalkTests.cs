using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Table.Calls;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.EndToEnd.Tests.Table.Model;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Table;

/// <summary>Whatever the table of PROTOCOL.md has about applications, called by everybody, about applications in every state.</summary>
public abstract class ApplicationWalkTests(Deployment deployment, ITestOutputHelper output) : TableTest
{
    private const string Publish = "POST /applications/{applicationId}/publish", CreateVersion = "POST /applications/{applicationId}/versions";

    private static readonly RoleKind[] Roles = [RoleKind.None, RoleKind.Viewer, RoleKind.Contributor, RoleKind.Administrator, .. RoleKind.Single];

    /// <summary>How a caller takes part in the one session that an application has.</summary>
    private static readonly Participation[] Participations =
        [Participation.None, Participation.User, Participation.All.First(participation => participation.Role == RoleKind.Viewer)];

    protected override IReadOnlyList<ServerProcess> Servers => deployment.Servers;

    [Fact]
    public async Task AnyCall_ByAnybodyAboutAnApplicationInAnyState_EndsAsTheTableSays()
    {
        var there = await ForEachAsync(
            [.. from role in Roles from participation in Participations select new Grants(role, participation)],
            grants => MakeAsync(grants.Role == RoleKind.Contributor ? Caller.Carol : Caller.Bob, grants));
        var grants = new Grants(RoleKind.Administrator, Participation.User);
        var gone = await MakeAsync(Caller.Bob, grants);
        await Stage.DeleteAsync(gone.Target);

        await WalkAsync(
        [
            .. there,
            gone with { Application = Presence.Deleted, Before = await Stage.DescribeAsync(gone.Target) },
            new Scene(Caller.Bob, grants, new Target("nowhere"), Presence.Unknown, null, await Stage.DescribeAsync(new Target("nowhere"))),
        ]);

        var rows = ApplicationCalls.All.Select(call => call.Row).Distinct().ToArray();
        Tally.AssertRefused(rows, Oracle.Codes);

        // That the server's administrators succeed, every application here goes by.
        Tally.AssertSucceeded(rows.Where(row => row.Permission is not PermissionRule.ServerAdministrators));
    }

    private async Task<Scene> MakeAsync(Caller caller, Grants grants)
    {
        var target = new Target(await Stage.MakeApplicationAsync(caller, grants.Role, byGroup: grants.Participation.ByGroup is null));
        var session = await Stage.MakeSessionAsync(target.ApplicationId, caller, grants.Participation, Presence.Open);
        return new Scene(caller, grants, target, Presence.Open, session.SessionId, await Stage.DescribeAsync(target));
    }

    private async Task WalkAsync(IReadOnlyList<Scene> scenes)
    {
        await ForEachAsync(
            [
                .. from call in ApplicationCalls.All
                   from scene in scenes
                   from door in DoorsOf(scene.Caller.User).OfEachKind
                   where door.Serves(call.Row)
                   select (scene, call, door)
            ],
            async cell => await CallAsync(cell.scene, cell.call, cell.door));
        await ForEachAsync(scenes, async scene => await CheckUnchangedAsync(scene));
        output.WriteLine($"{Tally.Calls} calls, {Tally.Successes} of them with success.");
        Tally.AssertNoFaults();
    }

    private async Task<bool> CallAsync(Scene scene, TableCall call, Door door)
    {
        var expected = Oracle.Expect(call, scene.Grants, scene.Application, scene.SessionId is null ? Presence.Unknown : Presence.Open);
        var changes = expected is null && call.Row.CanChange;
        var own = changes ? await PrepareAsync(scene, call) : scene;
        var outcome = await door.CallAsync(call, own.Target);
        Tally.Count(call.Row, door.Source, outcome);
        if (outcome.Code != expected)
        {
            Tally.Fault($"{call} by {scene} over {door.Source}: {expected ?? "success"} by the table, {outcome} by the server");
        }
        else if (await CheckAsync(own, call, door, outcome) is { } wrong)
        {
            Tally.Fault($"{call} by {scene} over {door.Source}: {wrong}");
        }

        if (call.Row.Method == "WatchApplication" && outcome.Code is null)
        {
            await door.CallAsync(TableCall.Of("UnwatchApplication", new { }), own.Target);
        }

        return true;
    }

    /// <summary>An application of its own for a call that changes it.</summary>
    private async Task<Scene> PrepareAsync(Scene scene, TableCall call)
    {
        var own = await MakeAsync(scene.Caller, scene.Grants);
        if (call.Row.Key != CreateVersion)
        {
            return own;
        }

        await Stage.DoAsync(TableCall.Of(Publish, new { }), own.Target);
        return own with { Before = await Stage.DescribeAsync(own.Target) };
    }

    private async Task<string?> CheckAsync(Scene own, TableCall call, Door door, Outcome outcome) =>
        outcome.Code is not null ? null
        : call.Row.CanChange ? await Effects.CheckAsync(Stage, call, own.Target, outcome.Answer, own.Before, own.Caller.User, door.Source)
        : call.Row.Permission is PermissionRule.Shows ? Effects.CheckShown(call, own.Target, outcome.Answer, own.ShownGrants, own.SessionId)
        : null;

    private async Task<bool> CheckUnchangedAsync(Scene scene)
    {
        if (await Stage.DescribeAsync(scene.Target) != scene.Before)
        {
            Tally.Fault($"The application of {scene} was changed by a call that was refused.");
        }

        return true;
    }

    private sealed record Scene(Caller Caller, Grants Grants, Target Target, Presence Application, string? SessionId, string Before)
    {
        /// <summary>What the caller holds where it is still there.</summary>
        public Grants ShownGrants => Application == Presence.Open ? Grants : new Grants(RoleKind.None, Participation.None);

        public override string ToString() => $"{Caller.User} ({Grants}; application {Application})";
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment, ITestOutputHelper output) : ApplicationWalkTests(deployment, output);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment, ITestOutputHelper output) : ApplicationWalkTests(deployment, output);
}
