using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>Comments of conversations.</summary>
public abstract class CommentTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task Create_OfSeveral_MakesAllInOrder()
    {
        var id = (await ConversationAsync(new { name = "A conversation" })).Id();

        var made = await CreateAsync(Alice, new { resource_id = id, resource_type = "conversation", content = "one" }, new { resource_id = id, content = "two", priority = 1 });

        var (one, two) = (made.Body.GetProperty("comments")[0], made.Body.GetProperty("comments")[1]);
        Assert.Equal((HttpStatusCode.Created, one.Text("href")), (made.Status, made.Headers.Location?.ToString()));
        Assert.Equal(
            ["content", "created_at", "creator_id", "href", "id", "mentions", "priority", "resource_id", "resource_type"],
            one.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(
            ("one", 0, Alice.Id, "conversation", id, "two", 1),
            (one.Text("content"), Number(one, "priority"), Number(one, "creator_id"), one.Text("resource_type"), Number(one, "resource_id"), two.Text("content"),
                Number(two, "priority")));
        Assert.Equal(one.GetRawText(), (await Alice.Here.DoAsync("GET", $"comments/{one.Id()}")).One("comments").GetRawText());
        Assert.Equal(two.GetRawText(), (await Alice.Elsewhere.DoAsync("GET", $"comments/{two.Id()}")).One("comments").GetRawText());
    }

    [Fact]
    public async Task List_InPages_IsNewestFirst()
    {
        var id = (await ConversationAsync(new { name = "A conversation", initial_comment = "0" })).Id();
        await CreateAsync(Alice, [.. Enumerable.Range(1, 4).Select(i => (object)new { resource_id = id, content = $"{i}" })]);
        var list = $"comments?resource_type=conversation&resource_id={id}";

        var pages = new List<string[]>();
        for (var next = $"{list}&per_page=2"; next is not null;)
        {
            var page = await Alice.Elsewhere.CallAsync("GET", next);
            pages.Add(TextsOf(page.Body));
            next = page.Next();
        }

        Assert.Equal([["4", "3"], ["2", "1"], ["0"]], pages);
        Assert.Equal(["2", "1"], TextsOf(await Alice.Elsewhere.DoAsync("GET", $"{list}&per_page=2&page=2")));
        Assert.Empty(TextsOf(await Alice.Elsewhere.DoAsync("GET", $"{list}&per_page=2&page=4")));
        Assert.Equal(["4", "3", "2", "1", "0"], TextsOf(await Alice.Elsewhere.DoAsync("GET", $"{list}&after={long.MaxValue}-x")));
        Assert.Empty(TextsOf(await Alice.Elsewhere.DoAsync("GET", $"{list}&after=0-x")));
    }

    [Fact]
    public async Task Create_OfThreeWithOneBad_MakesNone()
    {
        var (id, other) = ((await ConversationAsync(new { name = "A conversation" })).Id(), (await ConversationAsync(new { name = "Another" })).Id());
        var good = new { resource_id = id, content = "Good" };
        (HttpStatusCode Status, string Code, object Input)[] bad =
        [
            (HttpStatusCode.UnprocessableEntity, "rule_broken", new { resource_id = other, content = "Bad" }),
            (HttpStatusCode.NotFound, "mention_not_found", new { resource_id = id, content = $"@user:{Bob.Id}" }),
            (HttpStatusCode.BadRequest, "invalid_argument", new { resource_id = id, content = "" }),
            (HttpStatusCode.BadRequest, "invalid_argument", new { resource_id = id, content = "x", resource_type = "task" }),
        ];
        foreach (var (status, code, input) in bad)
        {
            (await CreateAsync(Alice, good, input, good)).AssertRefused(status, code);
        }

        Assert.Empty(TextsOf(await Alice.Elsewhere.DoAsync("GET", $"comments?resource_type=conversation&resource_id={id}")));
    }

    [Fact]
    public async Task Comments_ByRole_AreMadeAndRead()
    {
        var (carol, dave) = (await PersonAsync("carol"), await PersonAsync("dave"));
        var space = await SpaceAsync(Bob, carol, dave);
        var id = (await ConversationAsync(new
        {
            name = "A conversation",
            space_id = space,
            participants = new[] { new { user_id = Bob.Id, role = 2 }, new { user_id = carol.Id, role = 3 } },
        })).Id();
        var comment = new { resource_id = id, content = "Hello" };

        var made = await CreateAsync(Bob, comment);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var address = $"comments/{made.Body.One("comments").Id()}";
        (await CreateAsync(carol, comment)).AssertForbidden();
        Assert.Equal("Hello", (await carol.Elsewhere.DoAsync("GET", address)).One("comments").Text("content"));
        foreach (var stranger in new[] { dave, Mallory })
        {
            (await CreateAsync(stranger, comment)).AssertMissing("conversation_not_found");
            (await stranger.Elsewhere.CallAsync("GET", address)).AssertMissing("comment_not_found");
            (await stranger.Elsewhere.CallAsync("GET", $"comments?resource_type=conversation&resource_id={id}")).AssertMissing("conversation_not_found");
        }

        await Alice.Here.DoAsync("DELETE", $"conversations/{id}");
        (await Bob.Elsewhere.CallAsync("GET", address)).AssertMissing("comment_not_found");
        (await CreateAsync(Bob, comment)).AssertMissing("conversation_not_found");
    }

    private static Task<RestAnswer> CreateAsync(Person person, params object[] comments) => person.Here.CallAsync("POST", "comments", Resources.Comments(comments));

    private static string[] TextsOf(JsonElement body) => [.. body.GetProperty("comments").EnumerateArray().Select(comment => comment.Text("content")!)];

    private static long Number(JsonElement item, string member) => item.GetProperty(member).GetInt64();

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : CommentTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : CommentTests(deployment);
}
