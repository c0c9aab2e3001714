using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class ApplicationServiceTests : ApplicationTest
{
    private static readonly CreateApplicationRequest Fresh = new() { ApplicationId = "fresh", Name = "Fresh", Description = "New." };

    [Fact]
    public async Task CreateAsync_ByAnAdministrator_MakesADraftWithTheDefaultRoles()
    {
        Parts.Time.Advance(TimeSpan.FromTicks(12_345));

        var made = Value(await Service.CreateAsync(ServerParts.Alice, Fresh));

        Assert.Equal(("fresh", "Fresh", "New.", 1, null), (made.ApplicationId, made.Name, made.Description, made.DraftVersion, made.PublishedVersion));
        Assert.Equal(("alice", Make.Noon.AddMilliseconds(1)), (made.CreatedBy, made.CreatedAt));
        Assert.Equal(made, Value(await Service.GetAsync(ServerParts.Alice, Fresh)));
        var roles = Value(await Service.ListRolesAsync(ServerParts.Alice, Fresh)).Roles;
        Assert.Equal(["Administrator", "Contributor", "Viewer"], roles.Select(role => role.Name));
        Assert.Equal([new Participant("alice")], roles.SelectMany(role => role.Participants));
        Assert.All(roles, role => Assert.Equal(("", default, "", default), (role.CreatedBy, role.CreatedAt, role.ModifiedBy, role.ModifiedAt)));
    }

    [Fact]
    public async Task CreateAsync_ByAnybodyElse_IsForbidden() =>
        AssertRefused(ErrorCode.Forbidden, await Service.CreateAsync(ServerParts.Bob, Fresh));

    [Fact]
    public async Task CreateAsync_OfAnIdThatIsOrWasTaken_IsAConflict()
    {
        AssertRefused(ErrorCode.Conflict, await Service.CreateAsync(ServerParts.Alice, Fresh with { ApplicationId = "demo" }));

        Value(await Service.DeleteAsync(ServerParts.Alice, Demo));

        AssertRefused(ErrorCode.Conflict, await Service.CreateAsync(ServerParts.Alice, Fresh with { ApplicationId = "demo" }));
        AssertRefused(ErrorCode.ApplicationNotFound, await Service.GetAsync(ServerParts.Alice, Demo));
    }

    [Fact]
    public async Task ListAsync_ManyApplications_GivesAllThatTheCallerMayReadNewestFirst()
    {
        var ids = Enumerable.Range(0, 120).Select(number => $"app-{number:000}").ToArray();
        foreach (var id in ids)
        {
            Parts.Time.Advance(TimeSpan.FromMilliseconds(1));
            await CreateAsync(id);
        }

        Assert.Equal([.. ids.Reverse(), "demo"], await ListAsync(ServerParts.Alice));
        Assert.Equal(["demo"], await ListAsync(ServerParts.Bob));
        Assert.Empty(await ListAsync(ServerParts.Mallory));
    }

    [Fact]
    public async Task ListAsync_ByUserAndGroup_FollowsTheRolesThatMayRead()
    {
        var carl = new Caller("carl", ["designers", Caller.Everyone]);
        var designers = new Participant("designers") { Type = ParticipantType.Group };
        await CreateRoleAsync("Blind", ["session:create"], designers);
        Assert.Empty(await ListAsync(carl));

        await CreateRoleAsync("Seeing", ["application:read"], designers);
        Assert.Equal(["demo"], await ListAsync(carl));
        Assert.Empty(await ListAsync(new Caller("designers", [Caller.Everyone, "carl"])));

        Value(await Service.RemoveRoleParticipantAsync(ServerParts.Alice, Somebody("Seeing", designers)));
        Assert.Empty(await ListAsync(carl));

        Value(await Service.AddRoleParticipantAsync(
            ServerParts.Alice, Somebody("Seeing", new(Caller.Everyone) { Type = ParticipantType.Group })));
        Assert.Equal(["demo"], await ListAsync(ServerParts.Mallory));

        Value(await Service.DeleteAsync(ServerParts.Alice, Demo));
        Assert.Empty(await ListAsync(ServerParts.Mallory));
    }

    [Fact]
    public async Task ListAsync_AGroupTooLongToBeFoundBy_CountsForNothing() =>
        Assert.Equal(["demo"], await ListAsync(new Caller("carol", [new string('g', 3_000)])));

    [Fact]
    public async Task PatchAsync_OneMember_LeavesTheOther()
    {
        var request = new PatchApplicationRequest { ApplicationId = "demo", Description = "About." };
        var patched = Value(await Service.PatchAsync(ServerParts.Alice, request));
        Assert.Equal(("Demo", "About."), (patched.Name, patched.Description));

        patched = Value(await Service.PatchAsync(ServerParts.Alice, new() { ApplicationId = "demo", Name = "Other" }));
        Assert.Equal(("Other", "About."), (patched.Name, patched.Description));
        Assert.Equal(patched, (await Parts.Applications.GetAsync("demo"))!.Application);
    }

    [Fact]
    public async Task PatchAsync_OfNothing_WritesNothing()
    {
        var before = (await Parts.Store.GetAsync("demo"))!.Version;

        Value(await Service.PatchAsync(ServerParts.Alice, new() { ApplicationId = "demo" }));
        Value(await Service.PatchAsync(ServerParts.Alice, new() { ApplicationId = "demo", Name = "Demo" }));

        Assert.Equal(before, (await Parts.Store.GetAsync("demo"))!.Version);
    }

    [Fact]
    public async Task CreateVersionAsync_AndPublishAsync_CountUp()
    {
        AssertRefused(ErrorCode.Conflict, await Service.CreateVersionAsync(ServerParts.Alice, Demo));
        Assert.Equal((null, 1), Versions(await Service.PublishAsync(ServerParts.Alice, Demo)));
        AssertRefused(ErrorCode.Conflict, await Service.PublishAsync(ServerParts.Alice, Demo));
        Assert.Equal((2, 1), Versions(await Service.CreateVersionAsync(ServerParts.Alice, Demo)));
        AssertRefused(ErrorCode.Conflict, await Service.CreateVersionAsync(ServerParts.Alice, Demo));
        Assert.Equal((null, 2), Versions(await Service.PublishAsync(ServerParts.Alice, Demo)));
        Assert.Equal((3, 2), Versions(await Service.CreateVersionAsync(ServerParts.Alice, Demo)));
    }

    [Fact]
    public async Task DeleteAsync_ByWhoMay_EndsTheApplicationForEverybodyAtOnce()
    {
        await Parts.Applications.GetAsync("demo");

        Value(await Service.DeleteAsync(ServerParts.Alice, Demo));

        Assert.Null(await Parts.Applications.GetAsync("demo"));
        AssertRefused(ErrorCode.ApplicationNotFound, await Service.DeleteAsync(ServerParts.Alice, Demo));
        AssertRefused(ErrorCode.ApplicationNotFound, await Service.ListRolesAsync(ServerParts.Alice, Demo));
        AssertRefused(ErrorCode.ApplicationNotFound, await Service.PublishAsync(ServerParts.Alice, Demo));
    }

    private async Task<IEnumerable<string>> ListAsync(Caller caller) =>
        Value(await Service.ListAsync(caller)).Applications.Select(application => application.ApplicationId);

    private static (int? Draft, int? Published) Versions(Result<Application> answer) => (Value(answer).DraftVersion, Value(answer).PublishedVersion);
}
