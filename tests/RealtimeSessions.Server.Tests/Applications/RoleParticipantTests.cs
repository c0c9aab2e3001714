using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class RoleParticipantTests : ApplicationTest
{
    private static readonly string[] Update = ["application:update"];

    internal override LimitsOptions Limits { get; } = new() { MaximumParticipants = 2 };

    [Fact]
    public async Task AddRoleParticipantAsync_Twice_ChangesOnce()
    {
        var added = Value(await Service.AddRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", new("dave"))));
        Parts.Time.Advance(TimeSpan.FromMinutes(1));
        var again = Value(await Service.AddRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", new("dave"))));

        Assert.Equal([new("carol"), new Participant("dave")], added.Participants);
        Assert.Equal(("alice", Make.Noon), (added.ModifiedBy, added.ModifiedAt));
        Assert.Equivalent(added, again);
    }

    [Fact]
    public async Task RemoveRoleParticipantAsync_Twice_ChangesOnce()
    {
        var group = new Participant("carol") { Type = ParticipantType.Group };
        Assert.Single(Value(await Service.RemoveRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", group))).Participants);

        var removed = Value(await Service.RemoveRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", new("carol"))));
        Parts.Time.Advance(TimeSpan.FromMinutes(1));
        var again = Value(await Service.RemoveRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", new("carol"))));

        Assert.Empty(removed.Participants);
        Assert.Equivalent(removed, again);
        AssertRefused(ErrorCode.ApplicationNotFound, await Service.GetAsync(ServerParts.Carol, Demo));
    }

    [Fact]
    public async Task AddRoleParticipantAsync_MoreThanThereMayBe_IsRefusedWithTheLimit()
    {
        Value(await Service.AddRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", new("dave"))));

        var refused = await Service.AddRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", new("erin")));

        AssertRefused(ErrorCode.LimitExceeded, refused);
        Assert.Equal(2, refused.Error!.Details!["limit"]!.GetValue<int>());
    }

    [Fact]
    public async Task ParticipantMethods_AParticipantWithARole_SayWhere()
    {
        var request = Somebody("Viewer", new("dave") { Role = "Viewer" });

        AssertInvalid("$.participant.role", await Service.AddRoleParticipantAsync(ServerParts.Alice, request));
        AssertInvalid("$.participant.role", await Service.RemoveRoleParticipantAsync(ServerParts.Alice, request));
    }

    [Fact]
    public async Task Changes_ThatWouldLeaveNobodyToUpdate_AreRefused()
    {
        var alice = ServerParts.Alice;
        await CreateRoleAsync("Empty", Update);

        AssertRefused(ErrorCode.Conflict, await Service.RemoveRoleParticipantAsync(alice, Somebody("Administrator", new("alice"))));
        AssertRefused(ErrorCode.Conflict, await Service.DeleteRoleAsync(alice, RoleOf("Administrator")));
        AssertRefused(ErrorCode.Conflict, await Service.PatchRoleAsync(alice, new() { ApplicationId = "demo", Name = "Administrator", Participants = [] }));
        AssertRefused(ErrorCode.Conflict, await Service.PatchRoleAsync(
            alice, new() { ApplicationId = "demo", Name = "Administrator", Permissions = ["application:read"] }));

        Value(await Service.AddRoleParticipantAsync(alice, Somebody("Empty", new("dave"))));
        Value(await Service.DeleteRoleAsync(alice, RoleOf("Administrator")));
        AssertRefused(ErrorCode.ApplicationNotFound, await Service.GetAsync(alice, Demo));
    }

    [Fact]
    public async Task ARightThatIsTaken_ActsAtOnce_OnAnotherServerToo()
    {
        await CreateRoleAsync("Owner", Update, new Participant("bob"));
        using var cache = MakeCache();
        var other = MakeService(cache);
        await cache.GetAsync("demo");

        Value(await Service.DeleteRoleAsync(ServerParts.Alice, RoleOf("Owner")));

        AssertRefused(ErrorCode.Forbidden, await other.PublishAsync(ServerParts.Bob, Demo));
    }

    [Fact]
    public async Task AChange_OnThisServer_IsInItsCacheAtOnce()
    {
        await Parts.Applications.GetAsync("demo");

        Value(await Service.AddRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", new("mallory"))));

        Assert.True((await Parts.Applications.GetAsync("demo"))!.PermissionsOf(ServerParts.Mallory)
            .HasFlag(Server.Applications.Permissions.ApplicationRead));
    }
}
