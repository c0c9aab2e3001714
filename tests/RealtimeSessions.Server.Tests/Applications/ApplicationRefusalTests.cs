using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

/// <summary>Every method against callers without a right to it, and against ids that no application can have.</summary>
public sealed class ApplicationRefusalTests : ApplicationTest
{
    public static TheoryData<string> HostileIds { get; } =
    [
        "", "nothing", "Demo", "demo ", "demo\n", "demo\0", "../demo", "demo/demo", "*", "applications", "démo", "\uD800", new('a', 65),
        new('a', 100_000), "'; drop table document; --",
    ];

    [Fact]
    public async Task EveryMethod_ByWhoHasNoPermission_SaysThatThereIsNoApplication()
    {
        foreach (var (name, call) in Calls("demo"))
        {
            Assert.Equal((name, ErrorCode.ApplicationNotFound), (name, (await call(ServerParts.Mallory))?.Code));
        }
    }

    [Theory]
    [MemberData(nameof(HostileIds))]
    public async Task EveryMethod_OfAnIdThatNoApplicationHas_SaysThatThereIsNone(string applicationId)
    {
        foreach (var (name, call) in Calls(applicationId))
        {
            Assert.Equal((name, ErrorCode.ApplicationNotFound), (name, (await call(ServerParts.Alice))?.Code));
        }

        Assert.Null(await Parts.Applications.GetAsync(applicationId));
    }

    [Fact]
    public async Task EveryMethod_ByWhoHasAnotherPermission_SaysWhichItNeeds()
    {
        await CreateRoleAsync("Creator", ["session:create"], new Participant("mallory"));
        foreach (var (name, call) in Calls("demo"))
        {
            var needs = name switch
            {
                "Delete" => "application:delete",
                "Get" or "ListRoles" or "GetRole" => "application:read",
                _ => "application:update",
            };
            Assert.Equal((name, new Error(ErrorCode.Forbidden, $"This needs the permission {needs}.")), (name, await call(ServerParts.Mallory)));
        }
    }

    [Fact]
    public async Task ReadingMethods_ByAViewer_Answer()
    {
        Value(await Service.GetAsync(ServerParts.Carol, Demo));
        Value(await Service.ListRolesAsync(ServerParts.Carol, Demo));
        Value(await Service.GetRoleAsync(ServerParts.Carol, RoleOf("Viewer")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Demo")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    public async Task CreateAsync_OfAnIdWithoutTheForm_SaysWhere(string applicationId) =>
        AssertInvalid("$.applicationId", await Service.CreateAsync(ServerParts.Alice, new() { ApplicationId = applicationId, Name = "x" }));

    [Theory]
    [InlineData("a")]
    [InlineData("-")]
    [InlineData("0-9")]
    public async Task CreateAsync_OfAnIdWithTheForm_MakesIt(string applicationId) =>
        Value(await Service.CreateAsync(ServerParts.Alice, new() { ApplicationId = applicationId, Name = "x" }));

    private IEnumerable<(string Name, Func<Caller, Task<Error?>> Call)> Calls(string id)
    {
        var application = new ApplicationRequest { ApplicationId = id };
        var role = new RoleRequest { ApplicationId = id, Name = "Viewer" };
        var participant = new RoleParticipantRequest { ApplicationId = id, Name = "Viewer", Participant = new("dave") };
        yield return ("Get", async caller => (await Service.GetAsync(caller, application)).Error);
        yield return ("Patch", async caller => (await Service.PatchAsync(caller, new() { ApplicationId = id, Name = "x" })).Error);
        yield return ("CreateVersion", async caller => (await Service.CreateVersionAsync(caller, application)).Error);
        yield return ("Publish", async caller => (await Service.PublishAsync(caller, application)).Error);
        yield return ("Delete", async caller => (await Service.DeleteAsync(caller, application)).Error);
        yield return ("ListRoles", async caller => (await Service.ListRolesAsync(caller, application)).Error);
        yield return ("GetRole", async caller => (await Service.GetRoleAsync(caller, role)).Error);
        yield return ("CreateRole", async caller =>
            (await Service.CreateRoleAsync(caller, new() { ApplicationId = id, Name = "x", Permissions = [] })).Error);
        yield return ("PatchRole", async caller => (await Service.PatchRoleAsync(caller, new() { ApplicationId = id, Name = "Viewer" })).Error);
        yield return ("DeleteRole", async caller => (await Service.DeleteRoleAsync(caller, role)).Error);
        yield return ("AddRoleParticipant", async caller => (await Service.AddRoleParticipantAsync(caller, participant)).Error);
        yield return ("RemoveRoleParticipant", async caller => (await Service.RemoveRoleParticipantAsync(caller, participant)).Error);
    }
}
