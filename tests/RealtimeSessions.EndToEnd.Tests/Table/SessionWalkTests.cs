using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Table.Calls;
using RealtimeSessions.EndToEnd.Tests.Table.Model;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Table;

/// <summary>Whatever the table of PROTOCOL.md has about one session, called by everybody, about sessions in every state.</summary>
public abstract class SessionWalkTests(Deployment deployment, ITestOutputHelper output) : TableTest
{
    private static readonly RoleKind[] DefaultRoles = [RoleKind.None, RoleKind.Viewer, RoleKind.Contributor, RoleKind.Administrator];

    protected override IReadOnlyList<ServerProcess> Servers => deployment.Servers;

    [Fact]
    public async Task AnyCall_ByAnybodyAboutASessionInAnyState_EndsAsTheTableSays()
    {
        var applications = await ForEachAsync([.. DefaultRoles.Concat(RoleKind.Single).Select((role, i) => (role, i))], async pair =>
        {
            var caller = pair.i % 2 == 0 ? Caller.Bob : Caller.Carol;
            return (Id: await Stage.MakeApplicationAsync(caller, pair.role, byGroup: pair.i % 3 == 0), Role: pair.role, Caller: caller);
        });
        var scenes = await ForEachAsync(
            [
                .. from application in applications
                   from participation in DefaultRoles.Contains(application.Role) ? Participation.All : [Participation.None, Participation.User]
                   from presence in Enum.GetValues<Presence>()
                   select (application, participation, presence)
            ],
            scene => MakeAsync(scene.application.Id, scene.application.Caller, new Grants(scene.application.Role, scene.participation), scene.presence));

        await WalkAsync(scenes);

        var rows = SessionCalls.All.Select(call => call.Row).Distinct().ToArray();
        Tally.AssertSucceeded(rows);
        Tally.AssertRefused(rows, Oracle.Codes);
    }

    [Fact]
    public async Task AnyCall_AboutASessionOfAnApplicationThatIsNotThere_DoesNotFindTheApplication()
    {
        var gone = await Stage.MakeApplicationAsync(Caller.Bob, RoleKind.Administrator, byGroup: false);
        var grants = new Grants(RoleKind.Administrator, Participation.User);
        var scene = await MakeAsync(gone, Caller.Bob, grants, Presence.Open) with { Application = Presence.Deleted };
        await Stage.DeleteAsync(new Target(gone));

        var nowhere = new Target("nowhere", "nothing");
        await WalkAsync(
        [
            scene with { Before = await Stage.DescribeAsync(scene.Target) },
            new Scene(Caller.Bob, grants, nowhere, Presence.Unknown, Presence.Unknown, await Stage.DescribeAsync(nowhere)),
        ]);
    }

    private async Task<Scene> MakeAsync(string applicationId, Caller caller, Grants grants, Presence presence)
    {
        var target = await Stage.MakeSessionAsync(applicationId, caller, grants.Participation, presence);
        return new Scene(caller, grants, target, Presence.Open, presence, await Stage.DescribeAsync(target));
    }

    private async Task WalkAsync(IReadOnlyList<Scene> scenes)
    {
        await ForEachAsync(
            [
                .. from call in SessionCalls.All
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
        var expected = Oracle.Expect(call, scene.Grants, scene.Application, scene.Session);
        var changes = expected is null && call.Row.CanChange;

        // What is refused finds what is there; what succeeds changes something of its own, and nobody else is to join or leave that.
        var joins = call.Row.NeedsMembership && scene.Application == Presence.Open;
        var own = changes || joins ? await MakeAsync(scene.Target.ApplicationId, scene.Caller, scene.Grants, scene.Session) : scene;
        if (joins)
        {
            await door.CallAsync(TableCall.Of("JoinSession", new { presence = true }), own.Target);
        }

        var outcome = await door.CallAsync(call, own.Target);
        Tally.Count(call.Row, door.Source, outcome);
        if (outcome.Code != expected)
        {
            Tally.Fault($"{call} by {scene} over {door.Source}: {expected ?? "success"} by the table, {outcome} by the server");
        }
        else if (changes && await Effects.CheckAsync(Stage, call, own.Target, outcome.Answer, own.Before, scene.Caller.User, door.Source) is { } wrong)
        {
            Tally.Fault($"{call} by {scene} over {door.Source}: {wrong}");
        }

        if (joins || (call.Row.Method == "JoinSession" && outcome.Code is null))
        {
            await door.CallAsync(TableCall.Of("LeaveSession", new { }), own.Target);
        }

        return true;
    }

    private async Task<bool> CheckUnchangedAsync(Scene scene)
    {
        if (await Stage.DescribeAsync(scene.Target) != scene.Before)
        {
            Tally.Fault($"The session of {scene} was changed by a call that was refused.");
        }

        return true;
    }

    private sealed record Scene(Caller Caller, Grants Grants, Target Target, Presence Application, Presence Session, string Before)
    {
        public override string ToString() => $"{Caller.User} ({Grants}; application {Application}, session {Session})";
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment, ITestOutputHelper output) : SessionWalkTests(deployment, output);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment, ITestOutputHelper output) : SessionWalkTests(deployment, output);
}
