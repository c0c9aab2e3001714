using System.Net;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>Groups of members of a space.</summary>
public abstract class GroupTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task Group_FromFirstToLast_IsMadeReadChangedAndDeleted()
    {
        var space = await SpaceAsync(Bob);

        var made = await Alice.Here.CallAsync("POST", "groups", Resources.Groups(new { name = "A group", space_id = space, user_ids = new[] { Bob.Id } }));
        var group = made.Body.One("groups");
        Assert.Equal((HttpStatusCode.Created, group.Text("href")), (made.Status, made.Headers.Location?.ToString()));
        Assert.Equal(
            ["created_at", "href", "id", "name", "space_id", "updated_at", "user_ids"], group.EnumerateObject().Select(member => member.Name).Order());
        var address = $"groups/{group.Id()}";
        Assert.Equal(group.GetRawText(), (await Bob.Elsewhere.DoAsync("GET", address)).One("groups").GetRawText());

        var renamed = (await Alice.Here.DoAsync("PUT", address, Resources.Groups(new { name = "Renamed" }))).One("groups");
        Assert.Equal(("Renamed", $"[{Bob.Id}]"), (renamed.Text("name"), renamed.GetProperty("user_ids").GetRawText()));
        Assert.Equal(renamed.GetRawText(), (await Alice.Here.DoAsync("PUT", address, Resources.Groups(renamed))).One("groups").GetRawText());
        var emptied = (await Alice.Here.DoAsync("PUT", address, Resources.Groups(new { user_ids = Array.Empty<long>() }))).One("groups");
        Assert.Equal(("Renamed", "[]"), (emptied.Text("name"), emptied.GetProperty("user_ids").GetRawText()));

        Assert.Equal(HttpStatusCode.NoContent, (await Alice.Here.CallAsync("DELETE", address)).Status);
        (await Bob.Elsewhere.CallAsync("GET", address)).AssertMissing("group_not_found");
        Assert.Empty((await Alice.Elsewhere.DoAsync("GET", "groups")).Ids("groups"));
    }

    [Fact]
    public async Task Changes_OfGroups_AreForTheOwnersOfTheSpace()
    {
        var space = await SpaceAsync(Bob);
        var group = $"groups/{await GroupAsync(space, Bob)}";

        (await Bob.Here.CallAsync("POST", "groups", Resources.Groups(new { name = "x", space_id = space }))).AssertForbidden();
        (await Bob.Here.CallAsync("PUT", group, Resources.Groups(new { name = "x" }))).AssertForbidden();
        (await Bob.Here.CallAsync("DELETE", group)).AssertForbidden();
        (await Mallory.Here.CallAsync("POST", "groups", Resources.Groups(new { name = "x", space_id = space }))).AssertMissing("space_not_found");
        (await Mallory.Here.CallAsync("PUT", group, Resources.Groups(new { name = "x" }))).AssertMissing("group_not_found");
        (await Mallory.Here.CallAsync("DELETE", group)).AssertMissing("group_not_found");
        (await Mallory.Here.CallAsync("GET", group)).AssertMissing("group_not_found");
    }

    [Fact]
    public async Task Groups_ThatBreakARule_AreNotMade()
    {
        var (space, other) = (await SpaceAsync(Bob), await SpaceAsync());
        object good = new { name = "Good", space_id = space };
        foreach (var bad in new object[]
        {
            new { name = "Bad", space_id = space, user_ids = new[] { Mallory.Id } }, new { name = "Bad", space_id = space, user_ids = new[] { Bob.Id, Bob.Id } },
            new { name = "Bad", space_id = other },
        })
        {
            (await Alice.Here.CallAsync("POST", "groups", Resources.Groups(good, good, bad))).AssertBroken("$.groups[2].");
        }

        Assert.Empty((await Alice.Elsewhere.DoAsync("GET", "groups")).Ids("groups"));
        var group = await GroupAsync(space, Bob);
        (await Alice.Here.CallAsync("PUT", $"groups/{group}", Resources.Groups(new { name = "x", user_ids = new[] { Mallory.Id } }))).AssertBroken();
        (await Alice.Here.CallAsync("PUT", $"groups/{group}", Resources.Groups(new { name = "x", space_id = other }))).AssertBroken("$.groups[0].space_id");
        Assert.Equal("A group", (await Bob.Elsewhere.DoAsync("GET", $"groups/{group}")).One("groups").Text("name"));
    }

    [Fact]
    public async Task List_BySpaceAndName_ShowsThoseOfOwnSpaces()
    {
        var (space, other) = (await SpaceAsync(Bob), await SpaceAsync());
        var made = (await Alice.Here.DoAsync("POST", "groups", Resources.Groups(
            new { name = "Roofers", space_id = space }, new { name = "Roof owners", space_id = space }, new { name = "Tenants", space_id = space }))).Ids("groups");
        var elsewhere = await GroupAsync(other);

        Assert.Equal((long[])[.. made.Append(elsewhere).Order()], await FindAsync(Alice, "groups"));
        Assert.Equal((long[])[elsewhere], await FindAsync(Alice, $"groups?space_id={other}"));
        Assert.Equal(made[..2], await FindAsync(Alice, "groups?like=ROOF"));
        Assert.Equal((long[])[made[2]], await FindAsync(Bob, $"groups?like=enan&space_id={space}"));
        Assert.Equal((long[])[.. made.Order()], await FindAsync(Bob, "groups"));
        Assert.Empty(await FindAsync(Mallory, "groups"));
        (await Bob.Elsewhere.CallAsync("GET", $"groups?space_id={other}")).AssertMissing("space_not_found");
        var first = await Alice.Elsewhere.CallAsync("GET", "groups?per_page=3");
        Assert.Equal([.. made.Append(elsewhere).Order()], first.Body.Ids("groups").Concat(await FindAsync(Alice, first.Next()!)).Order());
    }

    [Fact]
    public async Task Member_OfAGroup_SeesAndChangesWhatItMay()
    {
        var space = await SpaceAsync(Bob);
        var (editors, viewers) = (await GroupAsync(space), await GroupAsync(space, Bob));
        var id = (await ConversationAsync(new
        {
            name = "A conversation",
            space_id = space,
            groups = new[] { new { group_id = editors, role = 1 }, new { group_id = viewers, role = 2 } },
        })).Id();

        (await PutAsync(Bob, id, new { name = "x" })).AssertForbidden();
        await Alice.Here.DoAsync("PUT", $"groups/{editors}", Resources.Groups(new { user_ids = new[] { Bob.Id } }));
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(Bob, id, new { name = "Bob's" })).Status);
        await Alice.Here.DoAsync("DELETE", $"groups/{editors}");
        (await PutAsync(Bob, id, new { name = "x" })).AssertForbidden();
        await Alice.Here.DoAsync("PUT", $"groups/{viewers}", Resources.Groups(new { user_ids = Array.Empty<long>() }));

        (await Bob.Elsewhere.CallAsync("GET", $"conversations/{id}")).AssertMissing("conversation_not_found");
        Assert.Empty(await ListAsync(Bob));
    }

    private static async Task<long[]> FindAsync(Person person, string path) => [.. (await person.Elsewhere.DoAsync("GET", path)).Ids("groups").Order()];

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : GroupTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : GroupTests(deployment);
}
