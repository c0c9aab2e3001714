using System.Collections.Concurrent;
using System.Net;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>The way through a list that changes, by the links from page to page.</summary>
public abstract class WalkTests(Deployment deployment, ITestOutputHelper output) : ConversationTest(deployment)
{
    private const int Before = 300;
    private const int Writers = 8;
    private const int PerWriter = 125;

    [Fact]
    public async Task Walk_WhileConversationsAreMadeAndChanged_FindsThoseThatWereThereOnce()
    {
        var space = await SpaceAsync(Bob);
        var acknowledged = new ConcurrentQueue<long>();
        for (var i = 0; i < Before / 100; i++)
        {
            await MakeAsync(Alice, space, 100, acknowledged);
        }

        var load = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => ChangeAsync(writer % 2 == 0 ? Alice : Bob, space, new Random(writer), acknowledged)));
        var walks = 0;
        do
        {
            walks++;
            var there = acknowledged.ToArray();
            var found = await WalkAsync(walks % 2 == 0 ? Alice.Here : Bob.Elsewhere, space);
            Assert.Equal(found.Count, found.Distinct().Count());
            Assert.Empty(there.Except(found));
        }
        while (!load.IsCompleted);

        await load;
        output.WriteLine($"{walks} walks");
        var all = await WalkAsync(Bob.Here, space);
        Assert.Equal(Before + (Writers * PerWriter), all.Count);
        Assert.Equal(acknowledged.Order(), all.Order());
    }

    private static async Task ChangeAsync(Person person, long space, Random random, ConcurrentQueue<long> acknowledged)
    {
        for (var made = 0; made < PerWriter;)
        {
            var count = Math.Min(PerWriter - made, random.Next(1, 6));
            await MakeAsync(person, space, count, acknowledged);
            made += count;

            // Everything moves in the order of changes, old and new alike.
            var all = acknowledged.ToArray();
            await person.Here.DoAsync("PUT", $"conversations/{all[random.Next(all.Length)]}", Resources.Conversations(new { details = $"{random.Next()}" }));
        }
    }

    private static async Task MakeAsync(Person person, long space, int count, ConcurrentQueue<long> acknowledged)
    {
        var one = new { name = "A conversation", space_id = space, stakeholder = 2, default_role = 1 };
        var made = await person.Here.DoAsync("POST", "conversations", Resources.Conversations([.. Enumerable.Repeat<object>(one, count)]));
        Array.ForEach(made.Ids("conversations"), acknowledged.Enqueue);
    }

    private static async Task<List<long>> WalkAsync(RestClient rest, long space)
    {
        var (found, last) = (new List<long>(), long.MaxValue);
        for (var next = $"conversations?order_by=created_at&per_page=25&space_id={space}"; next is not null;)
        {
            var page = await rest.CallAsync("GET", next);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            found.AddRange(page.Body.Ids("conversations"));
            foreach (var conversation in page.Body.GetProperty("conversations").EnumerateArray())
            {
                var createdAt = conversation.GetProperty("created_at").GetInt64();
                Assert.InRange(createdAt, 0, last);
                last = createdAt;
            }

            next = page.Next();
        }

        return found;
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment, ITestOutputHelper output) : WalkTests(deployment, output);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment, ITestOutputHelper output) : WalkTests(deployment, output);
}
