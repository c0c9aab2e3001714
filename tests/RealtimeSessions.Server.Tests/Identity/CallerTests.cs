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
    public void Reduce_AToken_KeepsOneNameAndOneAddressUntilTheyAreForgotten()
    {
        var reduced = Caller.Reduce(Principal(("sub", "bob"), ("email", "b@x.org"), ("name", "Bob"), ("name", "Rob"), ("groups", "designers")), "groups");

        var caller = Caller.From(reduced, "groups");
        Caller.Forget(reduced);

        Assert.Equal(("Bob", "b@x.org"), (caller.Name, caller.Email));
        Assert.Equal(["sub", "groups"], reduced.Claims.Select(claim => claim.Type));
    }

    [Fact]
    public void In_GroupsOfTheDirectory_TakeThePlaceOfThoseBefore()
    {
        var caller = new Caller("bob", ["designers"]) { Name = "Bob" };

        var inOne = caller.In(["directory:1"]);
        var inTwo = inOne.In(["directory:2", "directory:3"]);

        Assert.Equal(["designers", "directory:1"], inOne.Groups.Order());
        Assert.Equal(["designers", "directory:2", "directory:3"], inTwo.Groups.Order());
        Assert.Null(inTwo.Name);
        Assert.Same(inTwo.Groups, inTwo.In(["directory:3", "directory:2"]).Groups);
        Assert.Same(caller.Groups, caller.In([]).Groups);
    }

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
