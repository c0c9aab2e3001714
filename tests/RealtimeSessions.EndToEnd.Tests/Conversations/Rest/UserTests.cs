using System.Net;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>Users know whom they share a space with.</summary>
public abstract class UserTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task UserInfo_OfACaller_TellsWhoHeIs()
    {
        var self = (await Alice.Elsewhere.DoAsync("GET", "userinfo")).One("users");

        Assert.Equal(
            (Alice.Id, Alice.Name, $"{Alice.Name}@example.com", new Uri(First.Address, $"/api/v1/users/{Alice.Id}").ToString()),
            (self.Id(), self.Text("name"), self.Text("email"), self.Text("href")));
        Assert.Equal(self.GetRawText(), (await Alice.Elsewhere.DoAsync("GET", $"users/{Alice.Id}")).One("users").GetRawText());
        Assert.True(self.TryGetProperty("updated_at", out _));
    }

    [Fact]
    public async Task User_OfNoSharedSpace_IsNotThere()
    {
        var (shared, _) = (await SpaceAsync(Bob), await SpaceAsync(Mallory));

        Assert.Equal(Alice.Id, (await Bob.Elsewhere.DoAsync("GET", $"users/{Alice.Id}")).One("users").Id());
        (await Bob.Elsewhere.CallAsync("GET", $"users/{Mallory.Id}")).AssertMissing("user_not_found");
        (await Bob.Elsewhere.CallAsync("GET", "users/999999999")).AssertMissing("user_not_found");
        await Alice.Here.DoAsync("DELETE", $"spaces/{shared}/participants/{Bob.Id}");
        (await Bob.Elsewhere.CallAsync("GET", $"users/{Alice.Id}")).AssertMissing("user_not_found");
    }

    [Fact]
    public async Task List_BySpaceAndName_ShowsThoseOfOwnSpaces()
    {
        var (one, other) = (await SpaceAsync(Bob), await SpaceAsync(Mallory));

        Assert.Equal(Sorted(Alice, Bob, Mallory), await FindAsync(Alice, "users"));
        Assert.Equal(Sorted(Alice, Bob), await FindAsync(Alice, $"users?space_id={one}"));
        Assert.Equal(Sorted(Alice, Bob), await FindAsync(Bob, "users"));
        Assert.Equal((long[])[Mallory.Id], await FindAsync(Alice, "users?like=MALL"));
        Assert.Empty(await FindAsync(Alice, $"users?like=mall&space_id={one}"));
        (await Bob.Elsewhere.CallAsync("GET", $"users?space_id={other}")).AssertMissing("space_not_found");
        var first = await Alice.Elsewhere.CallAsync("GET", "users?per_page=2");
        Assert.Equal((HttpStatusCode.OK, 2), (first.Status, first.Body.Ids("users").Length));
        Assert.Equal(Sorted(Alice, Bob, Mallory), first.Body.Ids("users").Concat(await FindAsync(Alice, first.Next()!)).Order());
    }

    [Fact]
    public async Task List_OfSomebodyInNoSpace_ShowsHimself() => Assert.Equal((long[])[Mallory.Id], await FindAsync(Mallory, "users"));

    private static long[] Sorted(params Person[] people) => [.. people.Select(person => person.Id).Order()];

    private static async Task<long[]> FindAsync(Person person, string path) => [.. (await person.Elsewhere.DoAsync("GET", path)).Ids("users").Order()];

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : UserTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : UserTests(deployment);
}
