using System.Security.Claims;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Tests.Identity;

public sealed class CallerTests
{
    [Fact]
    public void Reduce_AWholeToken_KeepsWhatTheCallerIsKnownBy()
    {
        var whole = Principal(("sub", "bob"), ("groups", "designers"), ("groups", "reviewers"), ("iss", "issuer"), ("other", "x"));

        var reduced = Caller.Reduce(whole, "groups");

        Assert.Equal([("sub", "bob"), ("groups", "designers"), ("groups", "reviewers")], reduced.Claims.Select(claim => (claim.Type, claim.Value)));
        Assert.All(reduced.Claims, claim => Assert.Same(reduced.Identity, claim.Subject));
        Assert.Equal("bob", reduced.Identity!.Name);
    }

    [Fact]
    public void From_AToken_TakesSubjectAndGroupsAndEveryone()
    {
        var caller = Caller.From(Principal(("sub", "bob"), ("groups", "designers"), ("groups", "reviewers"), ("other", "x")), "groups");

        Assert.Equal("bob", caller.UserId);
        Assert.Equal(["designers", "everyone", "reviewers"], caller.Groups.Order());
    }

    [Fact]
    public void From_AnotherClaim_TakesItsGroups() =>
        Assert.Equal(["everyone", "x"], Caller.From(Principal(("sub", "bob"), ("roles", "x"), ("groups", "y")), "roles").Groups.Order());

    [Fact]
    public void From_GroupsOfTheDirectory_AreIgnored() =>
        Assert.Equal(["everyone"], Caller.From(Principal(("sub", "bob"), ("groups", "directory:11")), "groups").Groups);

    [Fact]
    public void From_ATokenWithoutSubject_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Caller.From(Principal(("name", "bob")), "groups"));

    [Fact]
    public void Is_AGroupOfTheUsersName_IsNotTheUser()
    {
        var caller = new Caller("bob", ["designers"]);

        Assert.True(caller.Is(new Participant("bob")));
        Assert.False(caller.Is(new Participant("bob") { Type = ParticipantType.Group }));
        Assert.True(caller.Is(new Participant("designers") { Type = ParticipantType.Group }));
        Assert.False(caller.Is(new Participant("designers")));
    }

    private static ClaimsPrincipal Principal(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "test"));
}
