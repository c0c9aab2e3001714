using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>The tags of a conversation are those of its name, its details and its comments, as they are now.</summary>
public abstract class TagTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task Tags_OfNameDetailsAndComments_FollowThem()
    {
        var made = await ConversationAsync(new { name = "Leak #Roof", details = "#water, not a#b nor https://x/#part", initial_comment = "#urgent #roof" });
        var id = made.Id();
        Assert.Equal(["roof", "water", "urgent"], made.Texts("tags"));

        await Alice.Here.DoAsync("POST", "comments", Resources.Comments(new { resource_id = id, content = "#new and #Water" }));
        var commented = await ReadAsync(Alice, id);
        Assert.Equal(["new", "roof", "urgent", "water"], commented.Texts("tags").Order());
        Assert.Equal(made.GetProperty("updated_at").GetInt64(), commented.GetProperty("updated_at").GetInt64());

        Assert.Equal(["new", "roof", "urgent", "water"], await TagsAfterAsync(id, new { name = "Leak" }));
        Assert.Equal(["dry", "new", "roof", "urgent", "water"], await TagsAfterAsync(id, new { details = "#dry" }));
        Assert.Equal(["new", "roof", "urgent", "water"], await TagsAfterAsync(id, new { details = "" }));
        Assert.Equal(["new", "roof", "urgent", "water"], await TagsAfterAsync(id, new { tags = new[] { "mine" } }));
    }

    [Fact]
    public async Task Tags_OfNameAndDetailsAlone_GoWithThem()
    {
        var id = (await ConversationAsync(new { name = "#one", details = "#two" })).Id();

        Assert.Equal(["two"], await TagsAfterAsync(id, new { name = "none" }));
        Assert.Empty(await TagsAfterAsync(id, new { details = "none" }));
        Assert.Empty((await ReadAsync(Alice, id)).Texts("tags"));
    }

    private async Task<string[]> TagsAfterAsync(long id, object change) =>
        [.. (await PutAsync(Alice, id, change)).Body.One("conversations").Texts("tags").Order()];

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : TagTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : TagTests(deployment);
}
