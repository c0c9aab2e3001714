using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>What conversations are linked with: records of other systems, and sessions of this hub.</summary>
public abstract class ExternalObjectTests(Deployment deployment) : ConversationTest(deployment)
{
    private const string None = "[]";

    private readonly string _record = $"crm-{Guid.NewGuid():N}";

    [Fact]
    public async Task Objects_OfOtherSystems_AreKeptFoundAndRemoved()
    {
        var made = await ConversationAsync(new
        {
            name = "A conversation",
            external_objects = new object[] { new { id = _record, name = "Order 7", url = "https://crm.example/7" }, new { id = "x" } },
        });
        var other = (await ConversationAsync(new { name = "Another" })).Id();

        Assert.Equal(
            $$"""[{"id":"{{_record}}","name":"Order 7","url":"https://crm.example/7"},{"id":"x","name":"x"}]""", ObjectsOf(made));
        Assert.Equal((long[])[made.Id()], await ListAsync(Alice, $"?external_object_id={_record}"));
        Assert.Empty(await ListAsync(Bob, $"?external_object_id={_record}"));

        var single = await PutAsync(Alice, other, new { external_object = new { id = _record } });
        Assert.Equal($$"""[{"id":"{{_record}}","name":"{{_record}}"}]""", ObjectsOf(single.Body.One("conversations")));
        Assert.Equal((long[])[other, made.Id()], await ListAsync(Alice, $"?external_object_id={_record}"));

        Assert.Equal(None, ObjectsOf((await PutAsync(Alice, made.Id(), new { external_objects = Array.Empty<object>() })).Body.One("conversations")));
        Assert.Equal(None, ObjectsOf(await ReadAsync(Alice, made.Id())));
        await Alice.Here.DoAsync("DELETE", $"conversations/{other}");
        Assert.Empty(await ListAsync(Alice, $"?external_object_id={_record}"));
    }

    [Fact]
    public async Task Create_WithASingleObject_LinksIt() => Assert.Equal(
        $$"""[{"id":"{{_record}}","name":"Order 7"}]""",
        ObjectsOf(await ConversationAsync(new { name = "A conversation", external_object = new { id = _record, name = "Order 7" } })));

    [Fact]
    public async Task Create_WithObjectsThatCannotBe_IsRefused()
    {
        var link = new { id = _record };
        object[] unreadable =
        [
            new { name = "x", external_object = link, external_objects = new[] { link } },
            new { name = "x", external_object = new { id = "" } },
            new { name = "x", external_object = new { id = "x", url = "javascript:alert(1)" } },
            new { name = "x", external_objects = Enumerable.Range(0, 21).Select(i => new { id = $"{i}" }) },
        ];
        foreach (var conversation in unreadable)
        {
            (await CreateAsync(conversation)).AssertRefused(HttpStatusCode.BadRequest, "invalid_argument");
        }

        (await CreateAsync(new { name = "x", external_objects = new[] { link, link } })).AssertBroken("$.conversations[0].external_objects[1].id");
        Assert.Empty(await ListAsync(Alice));
    }

    [Fact]
    public async Task Object_ThatIsASession_IsShownWithItsName()
    {
        var link = $"session:demo/{await SessionAsync(Alice)}";

        var made = await ConversationAsync(new { name = "A conversation", external_objects = new[] { new { id = link } } });

        var linked = Assert.Single(made.GetProperty("external_objects").EnumerateArray());
        Assert.Equal((link, "A board"), (linked.Text("id"), linked.Text("name")));
        Assert.Equal((long[])[made.Id()], await ListAsync(Alice, $"?external_object_id={Uri.EscapeDataString(link)}"));
    }

    [Fact]
    public async Task Object_ThatIsASessionOneMayNotRead_BreaksARule()
    {
        var own = (await ConversationAsync(new { name = "A conversation" })).Id();
        foreach (var id in new[] { $"session:demo/{await SessionAsync(Bob)}", "session:demo/nothing", "session:nowhere/x", "session:demo", "session:", "session:a/b/c" })
        {
            var link = new { id, name = "Theirs" };
            (await CreateAsync(new { name = "x", external_objects = new[] { link } })).AssertBroken("$.conversations[0].external_objects[0].id");
            (await PutAsync(Alice, own, new { name = "x", external_object = link })).AssertBroken("$.conversations[0].external_object.id");
        }

        Assert.Equal((long[])[own], await ListAsync(Alice));
        Assert.Equal(("A conversation", None), ((await ReadAsync(Alice, own)).Text("name"), ObjectsOf(await ReadAsync(Alice, own))));
    }

    private static string ObjectsOf(JsonElement conversation) => conversation.GetProperty("external_objects").GetRawText();

    private static async Task<string> SessionAsync(Person person)
    {
        var sessionId = $"s-{Guid.NewGuid():N}";
        await person.Here.DoAsync("POST", "applications/demo/sessions", new { sessionId, name = "A board" });
        return sessionId;
    }

    private Task<RestAnswer> CreateAsync(object conversation) => Alice.Here.CallAsync("POST", "conversations", Resources.Conversations(conversation));

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : ExternalObjectTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : ExternalObjectTests(deployment);
}
