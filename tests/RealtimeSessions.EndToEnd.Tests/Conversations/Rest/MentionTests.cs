using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>A comment mentions those who take part, by number, address or group; of others there is nothing to mention.</summary>
public abstract class MentionTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task Comment_OfParticipants_MentionsThem()
    {
        var carol = await PersonAsync("carol");
        var space = await SpaceAsync(Bob, carol);
        var group = await GroupAsync(space, carol);
        var text = $"@user:{Bob.Id}, @user:{carol.Email.ToUpperInvariant()} and @group:{group}; not bob@user:{Mallory.Id}";
        var expected = $$"""[{"user_id":{{Bob.Id}}},{"user_id":{{carol.Id}}},{"group_id":{{group}}}]""";

        var id = (await ConversationAsync(new
        {
            name = "A conversation",
            space_id = space,
            participants = new[] { new { user_id = Bob.Id } },
            groups = new[] { new { group_id = group } },
            initial_comment = text,
        })).Id();
        var made = (await Bob.Here.DoAsync("POST", "comments", Resources.Comments(new { resource_id = id, content = text }))).One("comments");

        Assert.Equal(expected, made.GetProperty("mentions").GetRawText());
        var read = await carol.Elsewhere.DoAsync("GET", $"comments?resource_type=conversation&resource_id={id}");
        Assert.Equal([expected, expected], read.GetProperty("comments").EnumerateArray().Select(comment => comment.GetProperty("mentions").GetRawText()));
    }

    [Fact]
    public async Task Comment_OfOthers_IsNotMade()
    {
        var carol = await PersonAsync("carol");
        var space = await SpaceAsync(Bob, carol);
        var group = await GroupAsync(space, carol);
        var listed = new[] { new { user_id = Bob.Id } };
        var id = (await ConversationAsync(new { name = "A conversation", space_id = space, participants = listed })).Id();
        string[] mentions =
        [
            $"@user:{carol.Id}", $"@user:{carol.Email}", $"@user:{Mallory.Id}", $"@user:{Mallory.Email}", "@user:999999999", "@user:nobody@example.com",
            $"@group:{group}", "@group:999999999",
        ];
        foreach (var mention in mentions)
        {
            var comment = new { resource_id = id, content = $"Hello {mention}" };
            (await Alice.Here.CallAsync("POST", "comments", Resources.Comments(comment))).AssertMissing("mention_not_found");
            var conversation = new { name = "Another", space_id = space, participants = listed, initial_comment = $"Hello {mention}" };
            (await Alice.Here.CallAsync("POST", "conversations", Resources.Conversations(conversation))).AssertMissing("mention_not_found");
        }

        Assert.Empty((await Alice.Elsewhere.DoAsync("GET", $"comments?resource_type=conversation&resource_id={id}")).Ids("comments"));
        Assert.Equal((long[])[id], await ListAsync(Alice, $"?space_id={space}"));
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : MentionTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : MentionTests(deployment);
}
