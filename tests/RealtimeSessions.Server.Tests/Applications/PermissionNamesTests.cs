using RealtimeSessions.Server.Applications;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class PermissionNamesTests
{
    private static readonly string[] Everything =
    [
        "application:read", "application:update", "application:delete", "session:create",
        "session:read:participant", "session:read:any", "session:update:participant", "session:update:any",
        "session:data:participant", "session:data:any", "session:event:participant", "session:event:any",
        "session:participants:participant", "session:participants:any", "session:close:participant", "session:close:any",
        "session:delete:participant", "session:delete:any",
    ];

    [Fact]
    public void All_Names_AreThoseOfTheDesign() => Assert.Equal(Everything.Order(), PermissionNames.All.Order());

    [Fact]
    public void Parse_EveryName_IsOneFlagOfItsOwn()
    {
        var flags = PermissionNames.All.Select(name => PermissionNames.Parse([name])).ToArray();

        Assert.All(flags, flag => Assert.True(int.IsPow2((int)flag)));
        Assert.Equal(flags.Length, flags.Distinct().Count());
        Assert.Equal(flags.Aggregate((sum, flag) => sum | flag), PermissionNames.Parse(PermissionNames.All));
    }

    [Fact]
    public void Parse_UnknownNames_CountForNothing() =>
        Assert.Equal(Permissions.SessionCreate, PermissionNames.Parse(["session:create", "session:read", "Session:Create", ""]));

    [Theory]
    [InlineData((int)Permissions.SessionData, "session:data")]
    [InlineData((int)Permissions.SessionCreate, "session:create")]
    public void Describe_AFlag_LeavesItsScopeOut(int flag, string expected) =>
        Assert.Equal(expected, PermissionNames.Describe((Permissions)flag));

    [Fact]
    public void For_ACreator_MakesTheThreeDefaultRoles()
    {
        var roles = DefaultRoles.For("alice");

        Assert.Equal(["Administrator", "Contributor", "Viewer"], roles.Select(role => role.Name));
        Assert.Equal(Everything.Order(), roles[0].Permissions.Order());
        Assert.Equal(
        [
            "application:read", "session:close:participant", "session:create", "session:data:participant", "session:event:participant",
            "session:participants:participant", "session:read:participant", "session:update:participant",
        ], roles[1].Permissions.Order());
        Assert.Equal(["application:read", "session:read:participant"], roles[2].Permissions.Order());
        Assert.Equal("alice", Assert.Single(roles[0].Participants).Id);
        Assert.All(roles.Skip(1), role => Assert.Empty(role.Participants));
        Assert.All(roles, role => Assert.Equal(("", default), (role.CreatedBy, role.CreatedAt)));
    }
}
