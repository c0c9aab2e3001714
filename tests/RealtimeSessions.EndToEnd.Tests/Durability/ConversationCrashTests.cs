using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Conversations.Rest;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Durability;

/// <summary>Of several conversations that one request makes all are there in the end, or none, however the process ends.</summary>
public sealed class ConversationCrashTests(ITestOutputHelper output)
{
    private const int Kills = 6;
    private const int Writers = 4;
    private const int BatchSize = 5;
    private const int MaximumLoad = 400;

    private static readonly ImmutableDictionary<string, string> Sweeping =
        ImmutableDictionary<string, string>.Empty.Add("Sessions__SweepAfter", "00:00:01");

    [Fact]
    public async Task Conversations_AfterKillsOnTheEmbeddedEngine_AreMadeAllOrNone()
    {
        using var folder = new TemporaryFolder();
        await PlayAsync(Sweeping.Add("Storage__Directory", folder.Path));
    }

    [Fact]
    public async Task Conversations_AfterKillsOnRedis_AreMadeAllOrNone()
    {
        await using var redis = await RedisStorage.StartAsync();
        await PlayAsync(Sweeping.AddRange(redis.Settings));
    }

    private async Task PlayAsync(ImmutableDictionary<string, string> settings)
    {
        var (random, space) = (new Random(5), 0L);
        var batches = new ConcurrentDictionary<string, bool>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await ServerProcess.StartAsync(settings);
            using var alice = await RestClient.SignInAsync(server, "alice");
            space = space == 0 ? (await alice.DoAsync("POST", "spaces", Resources.Spaces(new { name = "A space" }))).One("spaces").Id() : space;
            var started = new TaskCompletionSource();
            var load = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => MakeAsync(alice, space, batches, started)));
            await started.Task.WaitAsync(Callbacks.Patience);
            await Task.Delay(random.Next(MaximumLoad));
            await server.KillAsync();
            await load;
            server.AssertNoErrors();
        }

        await using var healed = await ServerProcess.StartAsync(settings);
        using var reader = await RestClient.SignInAsync(healed, "alice");
        var clock = Stopwatch.StartNew();
        string? difference;
        while ((difference = await DifferenceAsync(reader, space, batches)) is not null && clock.Elapsed < Callbacks.Patience)
        {
            await Task.Delay(200);
        }

        output.WriteLine($"{batches.Count} requests, {batches.Values.Count(acknowledged => acknowledged)} acknowledged; agreement after {clock.Elapsed}");
        Assert.Null(difference);
        Assert.InRange(batches.Values.Count(acknowledged => acknowledged), Kills, int.MaxValue);
        healed.AssertNoErrors();
    }

    /// <summary>Makes conversations, several with each request, until the server is gone.</summary>
    private static async Task MakeAsync(RestClient rest, long space, ConcurrentDictionary<string, bool> batches, TaskCompletionSource started)
    {
        try
        {
            while (true)
            {
                var name = $"{Guid.NewGuid()}";
                batches[name] = false;
                var all = Enumerable.Range(0, BatchSize).Select(i => (object)new { name, space_id = space, initial_comment = $"{name} {i} #tag" });
                await rest.DoAsync("POST", "conversations", Resources.Conversations([.. all]));
                batches[name] = true;
                started.TrySetResult();
            }
        }
        catch (HttpRequestException)
        {
            // The server is gone.
        }
    }

    /// <summary>What is not as it must be; null: nothing.</summary>
    private static async Task<string?> DifferenceAsync(RestClient rest, long space, ConcurrentDictionary<string, bool> batches)
    {
        var listed = new List<JsonElement>();
        for (var next = $"conversations?space_id={space}&per_page=100"; next is not null;)
        {
            var page = await rest.CallAsync("GET", next);
            listed.AddRange(page.Body.GetProperty("conversations").EnumerateArray());
            next = page.Next();
        }

        var byName = listed.ToLookup(conversation => conversation.Text("name")!);
        var halved = batches.FirstOrDefault(batch => byName[batch.Key].Count() != BatchSize && (batch.Value || byName[batch.Key].Any()));
        if (halved.Key is not null)
        {
            return $"Of {halved.Key}, acknowledged {halved.Value}, {byName[halved.Key].Count()} are listed.";
        }

        foreach (var batch in byName)
        {
            var texts = new List<string?>();
            foreach (var conversation in batch)
            {
                var read = await rest.CallAsync("GET", $"conversations/{conversation.Id()}");
                var comments = await rest.CallAsync("GET", $"comments?resource_type=conversation&resource_id={conversation.Id()}");
                if (read.Code is not null || comments.Code is not null || read.Body.One("conversations").GetRawText() != conversation.GetRawText())
                {
                    return $"{conversation} is read as {read.Body}, with {comments.Body}";
                }

                texts.AddRange(comments.Body.GetProperty("comments").EnumerateArray().Select(comment => comment.Text("content")));
            }

            if (!texts.Order().SequenceEqual(Enumerable.Range(0, BatchSize).Select(i => $"{batch.Key} {i} #tag")))
            {
                return $"The comments of {batch.Key} are {string.Join(", ", texts)}";
            }
        }

        return null;
    }
}
