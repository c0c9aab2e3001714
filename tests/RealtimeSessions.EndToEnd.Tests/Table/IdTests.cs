using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Table.Calls;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.EndToEnd.Tests.Table.Model;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Table;

/// <summary>Ids that nothing can have, for everything that takes one: nothing is found, or the argument is refused, and the server goes on.</summary>
public abstract class IdTests(Deployment deployment) : TableTest
{
    private const string ApplicationNotFound = "application_not_found", SessionNotFound = "session_not_found", InvalidArgument = "invalid_argument";

    private static readonly string[] IllFormed =
    [
        "../x", "..", ".", "", " ", "no id", "a/b", "/", "session/a/b", "%2e%2e", "%2F", "*", "?a=b", "#", "a\u0000b", "a\nb", "é☃😀", "{applicationId}",
        new('a', 65), new('a', 3_000), "ab*c[d]", "__proto__;", "'; drop table", "<b>",
    ];

    protected override IReadOnlyList<ServerProcess> Servers => deployment.Servers;

    private static IEnumerable<TableCall> Calls => SessionCalls.All.Concat(ApplicationCalls.All);

    [Fact]
    public async Task AnyCall_AboutAnIllFormedApplication_DoesNotFindIt()
    {
        await CheckAsync(
            from call in Calls
            where call.Row.IsAboutApplication
            from id in IllFormed
            from session in call.Row.IsAboutSession ? new string?[] { "welcome", id } : [null]
            select (call, new Target(id, session), Expected(call, ApplicationNotFound)));
    }

    [Fact]
    public async Task AnyCall_AboutAnIllFormedSession_DoesNotFindIt()
    {
        var own = await Stage.MakeApplicationAsync(Caller.Bob, RoleKind.Administrator, byGroup: false);
        var foreign = await Stage.MakeApplicationAsync(Caller.Bob, RoleKind.None, byGroup: false);
        await CheckAsync(
            from call in Calls
            where call.Row.IsAboutSession
            from id in IllFormed
            from pair in new[] { (own, SessionNotFound), (foreign, ApplicationNotFound) }
            select (call, new Target(pair.Item1, id), Expected(call, pair.Item2)));
    }

    [Fact]
    public async Task AnyCall_AboutARoleThatIsNot_DoesNotFindIt()
    {
        var target = new Target(await Stage.MakeApplicationAsync(Caller.Bob, RoleKind.Administrator, byGroup: false));
        await CheckAsync(
            from call in Calls
            where call.Row.Errors.Contains("role_not_found")
            from name in IllFormed
            select (call.With(new { name }), target, name.Length is 0 or > 200 ? InvalidArgument : "role_not_found"));
    }

    [Fact]
    public async Task AnyCreation_UnderAnIllFormedId_IsRefused()
    {
        var target = new Target(await Stage.MakeApplicationAsync(Caller.Bob, RoleKind.Administrator, byGroup: false));
        await CheckAsync(
            from id in IllFormed
            from pair in new[]
            {
                (TableCall.Of("POST /applications", new { name = "Hostile" }), target with { ApplicationId = id }),
                (TableCall.Of("CreateSession", new { name = "Hostile", sessionId = id }), target),
            }
            select (pair.Item1, pair.Item2, InvalidArgument));
        Assert.Empty((await Stage.DoAsync(TableCall.Of("ListSessions", new { }), target)).Answer.GetProperty("sessions").EnumerateArray());
    }

    [Fact]
    public async Task AnyParticipant_OfAnyName_IsAddedAndFoundAndRemoved()
    {
        var application = await Stage.MakeApplicationAsync(Caller.Bob, RoleKind.Administrator, byGroup: false);
        var session = await Stage.MakeSessionAsync(application, Caller.Bob, Participation.User, Presence.Open);
        foreach (var id in IllFormed.Where(id => id.Length is > 0 and <= 200))
        {
            foreach (var door in DoorsOf(Caller.Bob.User).OfEachKind)
            {
                var participant = new { id, type = "user" };
                var added = await door.CallAsync(TableCall.Of("AddSessionParticipant", new { participant }), session);
                Assert.Null(added.Code);
                Assert.Equal(1, added.Answer.GetProperty("count").GetInt32());
                var removal = TableCall.Of("RemoveSessionParticipant", new { participant });
                var removed = await (IsAddress(removal, session) ? door : DoorsOf(Caller.Bob.User).Hub).CallAsync(removal, session);
                Assert.True(removed is { Code: null } && removed.Answer.GetProperty("count").GetInt32() == 1, $"{id} over {door.Source}: {removed} {removed.Answer}");
            }
        }
    }

    /// <summary>What a call is answered with that needs something which is not there.</summary>
    private static string? Expected(TableCall call, string code) =>
        call.Row.Permission is PermissionRule.Free ? null : call.Row.NeedsMembership ? "not_joined" : code;

    /// <summary>Whether ids can stand in an address: some make another address of it.</summary>
    private static bool IsAddress(TableCall call, Target target)
    {
        var path = RestForm.Of(call.Row.Rest!, target, call.Members).Path.Split('?')[0];
        return path.Split('/').All(part => part is not "" and not "." and not "..") && !path.Contains("%00", StringComparison.Ordinal);
    }

    private async Task CheckAsync(IEnumerable<(TableCall Call, Target Target, string? Expected)> calls)
    {
        var cells =
            from cell in calls
            from door in DoorsOf(cell.Call.Row.Permission is PermissionRule.ServerAdministrators ? Stage.User : Caller.Bob.User).OfEachKind
            where door.Serves(cell.Call.Row)
            let isAddress = door.Source == HubDoor.Name || IsAddress(cell.Call, cell.Target)
            where isAddress || !cell.Call.Row.CanChange
            select (cell.Call, cell.Target, cell.Expected, Door: door, IsAddress: isAddress);
        await ForEachAsync([.. cells], async cell =>
        {
            var outcome = await cell.Door.CallAsync(cell.Call, cell.Target);
            Tally.Count(cell.Call.Row, cell.Door.Source, outcome);
            if (cell.IsAddress ? outcome.Code != cell.Expected : outcome.Code is "internal" or "unavailable")
            {
                Tally.Fault($"{cell.Call} about {JsonSerializer.Serialize(cell.Target)} over {cell.Door.Source}: {outcome}, not {cell.Expected ?? "success"}");
            }

            return true;
        });
        Tally.AssertNoFaults();
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : IdTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : IdTests(deployment);
}
