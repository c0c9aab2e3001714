using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class ApplicationModelTests
{
    private static readonly ApplicationModel Model = new(
        new Application { ApplicationId = "demo", Name = "Demo", CreatedBy = "alice", CreatedAt = Make.Noon },
        [
            .. DefaultRoles.For("alice"),
            new Role { Name = "Reader", Permissions = ["session:read:any"], Participants = [new("bob"), new("g") { Type = ParticipantType.Group }] },
            new Role { Name = "Writer", Permissions = ["session:data:participant"], Participants = [new("bob")] },
        ]);

    [Theory]
    [InlineData("Viewer", true)]
    [InlineData("Reader", true)]
    [InlineData("viewer", false)]
    [InlineData("", false)]
    public void HasRole_ByName_KnowsThoseThereAre(string name, bool expected) => Assert.Equal(expected, Model.HasRole(name));

    [Theory]
    [InlineData("Administrator", (int)Permissions.AsParticipant)]
    [InlineData("Viewer", (int)Permissions.SessionRead)]
    [InlineData("Reader", (int)Permissions.None)]
    [InlineData("Writer", (int)Permissions.SessionData)]
    [InlineData("Nothing", (int)Permissions.None)]
    public void PermissionsOfRole_ByName_AreThoseForParticipants(string name, int expected) =>
        Assert.Equal((Permissions)expected, Model.PermissionsOfRole(name));

    [Fact]
    public void PermissionsOf_SeveralRoles_IsTheirSum()
    {
        Assert.Equal(Permissions.SessionReadAny | Permissions.SessionData, Model.PermissionsOf(new Caller("bob", [])));
        Assert.Equal(Permissions.SessionReadAny, Model.PermissionsOf(new Caller("x", ["f", "g", "bob"])));
        Assert.Equal(Permissions.None, Model.PermissionsOf(new Caller("g", ["bob"])));
    }
}
