using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class RoleTests : ApplicationTest
{
    private static readonly Participant Designers = new("designers") { Type = ParticipantType.Group };

    internal override LimitsOptions Limits { get; } = new() { MaximumRoles = 6 };

    [Fact]
    public async Task CreateRoleAsync_WithEverything_MakesItLastAndOnce()
    {
        var made = Value(await Service.CreateRoleAsync(ServerParts.Alice, new()
        {
            ApplicationId = "demo",
            Name = "Editor",
            Description = "Edits.",
            Permissions = ["session:data:any", "session:read:any", "session:data:any"],
            Participants = [new("dave"), Designers, new("dave")],
        }));

        Assert.Equal(("Editor", "Edits.", "alice", Make.Noon), (made.Name, made.Description, made.CreatedBy, made.CreatedAt));
        Assert.Equal(("", default), (made.ModifiedBy, made.ModifiedAt));
        Assert.Equal(["session:data:any", "session:read:any"], made.Permissions);
        Assert.Equal([new("dave"), Designers], made.Participants);
        Assert.Equivalent(made, Value(await Service.GetRoleAsync(ServerParts.Alice, RoleOf("Editor"))));
        AssertRefused(ErrorCode.Conflict, await Service.CreateRoleAsync(ServerParts.Alice, new() { ApplicationId = "demo", Name = "Editor", Permissions = [] }));
        Assert.True((await Parts.Applications.GetAsync("demo"))!.HasRole("Editor"));
    }

    [Fact]
    public async Task ListRolesAsync_SomeMadeAndOneDeleted_KeepsTheirOrder()
    {
        await CreateRoleAsync("Zebra", []);
        await CreateRoleAsync("Ape", []);
        Value(await Service.DeleteRoleAsync(ServerParts.Alice, RoleOf("Contributor")));
        await CreateRoleAsync("Contributor", []);

        var roles = Value(await Service.ListRolesAsync(ServerParts.Alice, Demo)).Roles;

        Assert.Equal(["Administrator", "Viewer", "Zebra", "Ape", "Contributor"], roles.Select(role => role.Name));
    }

    [Fact]
    public async Task CreateRoleAsync_MoreThanThereMayBe_IsRefusedWithTheLimit()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await CreateRoleAsync(name, []);
        }

        var refused = await Service.CreateRoleAsync(ServerParts.Alice, new() { ApplicationId = "demo", Name = "d", Permissions = [] });

        AssertRefused(ErrorCode.LimitExceeded, refused);
        Assert.Equal(6, refused.Error!.Details!["limit"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("session:fly")]
    [InlineData("session:read")]
    [InlineData("Session:Read:Any")]
    [InlineData("")]
    public async Task CreateRoleAsync_AndPatchRoleAsync_UnknownPermission_SaysWhich(string permission)
    {
        string[] permissions = ["application:read", permission];

        AssertInvalid("$.permissions[1]", await Service.CreateRoleAsync(
            ServerParts.Alice, new() { ApplicationId = "demo", Name = "x", Permissions = permissions }));
        AssertInvalid("$.permissions[1]", await Service.PatchRoleAsync(
            ServerParts.Alice, new() { ApplicationId = "demo", Name = "Viewer", Permissions = permissions }));
    }

    [Fact]
    public async Task CreateRoleAsync_AndPatchRoleAsync_AParticipantWithARole_SaysWhich()
    {
        Participant[] participants = [new("dave"), new("erin") { Role = "Viewer" }];

        AssertInvalid("$.participants[1].role", await Service.CreateRoleAsync(
            ServerParts.Alice, new() { ApplicationId = "demo", Name = "x", Permissions = [], Participants = participants }));
        AssertInvalid("$.participants[1].role", await Service.PatchRoleAsync(
            ServerParts.Alice, new() { ApplicationId = "demo", Name = "Viewer", Participants = participants }));
    }

    [Fact]
    public async Task PatchRoleAsync_SomeMembers_LeavesTheOthersAndNotesWho()
    {
        Parts.Time.Advance(TimeSpan.FromMinutes(1));

        var patched = Value(await Service.PatchRoleAsync(
            ServerParts.Alice, new() { ApplicationId = "demo", Name = "Viewer", Permissions = ["session:read:any", "session:read:any"] }));

        Assert.Equal(["session:read:any"], patched.Permissions);
        Assert.Equal([new Participant("carol")], patched.Participants);
        Assert.Equal("May read the sessions he takes part in.", patched.Description);
        Assert.Equal(("", default, "alice", Make.Noon.AddMinutes(1)), (patched.CreatedBy, patched.CreatedAt, patched.ModifiedBy, patched.ModifiedAt));
        patched = Value(await Service.PatchRoleAsync(
            ServerParts.Alice, new() { ApplicationId = "demo", Name = "Viewer", Description = "", Participants = [Designers, Designers] }));
        Assert.Equal("", patched.Description);
        Assert.Equal([Designers], patched.Participants);
    }

    [Fact]
    public async Task PatchRoleAsync_OfNothing_WritesNothing()
    {
        var before = (await Parts.Store.GetAsync("demo"))!.Version;

        var same = Value(await Service.PatchRoleAsync(
            ServerParts.Alice, new() { ApplicationId = "demo", Name = "Viewer", Participants = [new("carol"), new("carol")] }));

        Assert.Equal("", same.ModifiedBy);
        Assert.Equal(before, (await Parts.Store.GetAsync("demo"))!.Version);
    }

    [Fact]
    public async Task RoleMethods_OfAMissingRole_SayThatThereIsNone()
    {
        var alice = ServerParts.Alice;
        AssertRefused(ErrorCode.RoleNotFound, await Service.GetRoleAsync(alice, RoleOf("viewer")));
        AssertRefused(ErrorCode.RoleNotFound, await Service.PatchRoleAsync(alice, new() { ApplicationId = "demo", Name = "\0" }));
        AssertRefused(ErrorCode.RoleNotFound, await Service.DeleteRoleAsync(alice, RoleOf("")));
        AssertRefused(ErrorCode.RoleNotFound, await Service.AddRoleParticipantAsync(alice, Somebody("x", new("dave"))));
        AssertRefused(ErrorCode.RoleNotFound, await Service.RemoveRoleParticipantAsync(alice, Somebody("x", new("dave"))));
    }

    [Fact]
    public async Task Changes_OfRolesAlone_AreNotedInTheFeed()
    {
        await Parts.FeedLog.OpenAsync("demo");
        await Service.PatchAsync(ServerParts.Alice, new PatchApplicationRequest { ApplicationId = "demo", Name = "Renamed" });
        Assert.Single(await FeedAsync());

        await CreateRoleAsync("Guest", ["session:read:participant"]);
        Value(await Service.AddRoleParticipantAsync(ServerParts.Alice, Somebody("Guest", new Participant("dave"))));

        Assert.Equal([false, true, true], (await FeedAsync()).Select(FeedEvent.IsRoleChange));
    }

    private async Task<IReadOnlyList<LogEvent>> FeedAsync() => (await Parts.Log.ReadAsync(FeedEvent.Log("demo"), 0, 100))!.Events;
}
