using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// What a page of a space's conversations costs, newest change first, among 1,000 and among 100,000 conversations in 100 spaces, for a user who sees the
/// same 100 of them. Two servers, in turn; by the way, what making conversations and commenting costs.
/// </summary>
internal static class ConversationsBenchmark
{
    private const int Spaces = 100;
    private const int Seen = 100;
    private const int PerPost = 50;
    private const int Connections = 8;
    private const int WarmUp = 1_000;

    private static readonly int[] Sizes = [1_000, 100_000];

    private static readonly (string Name, string Query)[] Lists =
    [
        ("of the space, by change", "space_id=1&order_by=updated_at"),
        ("of all spaces, by creation", "order_by=created_at"),
        ("the fourth of the space", "space_id=1&order_by=updated_at&page=4"),
    ];

    public static async Task RunAsync(Pace pace)
    {
        var rounds = pace == Pace.Quick ? 50 : 200;
        Console.WriteLine($"conversations: a page of 25 of the {Seen} that a user sees in a space; {rounds} calls for each, medians");
        await using (var few = await ServerProcess.StartAsync(ImmutableDictionary<string, string>.Empty))
        await using (var many = await ServerProcess.StartAsync(ImmutableDictionary<string, string>.Empty))
        {
            await RunAsync("embedded", [few, many], rounds);
        }

        await using var firstRedis = await RedisServer.StartAsync();
        await using var secondRedis = await RedisServer.StartAsync();
        await using (var few = await ServerProcess.StartAsync(Settings(firstRedis)))
        await using (var many = await ServerProcess.StartAsync(Settings(secondRedis)))
        {
            await RunAsync("redis", [few, many], rounds);
        }
    }

    private static ImmutableDictionary<string, string> Settings(RedisServer redis) =>
        ImmutableDictionary<string, string>.Empty.Add("ConnectionStrings__Redis", redis.ConnectionString);

    private static async Task RunAsync(string engine, ServerProcess[] servers, int rounds)
    {
        for (var i = 0; i < servers.Length; i++)
        {
            await FillAsync(engine, servers[i], Sizes[i]);
        }

        using var few = await ClientAsync(servers[0], "bob");
        using var many = await ClientAsync(servers[1], "bob");
        var table = new Table("engine, page", "among 1,000, ms", "among 100,000, ms", "times");
        foreach (var (name, query) in Lists)
        {
            // The one server has done a hundred times the other's work so far.
            for (var call = 0; call < WarmUp; call++)
            {
                await TimeAsync(few, query);
                await TimeAsync(many, query);
            }

            var (small, large) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                small.Add(await TimeAsync(few, query));
                large.Add(await TimeAsync(many, query));
            }

            table.Add(
                $"{engine}, {name}", $"{Figures.Median(small):N2}", $"{Figures.Median(large):N2}", $"{Figures.Median(large.Zip(small, (l, s) => l / s)):N2}");
        }

        table.Print();
    }

    private static async Task<double> TimeAsync(HttpClient client, string query)
    {
        var clock = Stopwatch.StartNew();
        using var answer = JsonDocument.Parse(await client.GetByteArrayAsync($"conversations?{query}"));
        var time = clock.Elapsed.TotalMilliseconds;
        var found = answer.RootElement.GetProperty("conversations").GetArrayLength();
        return found == 25 ? time : throw new InvalidOperationException($"A page had {found} conversations.");
    }

    /// <summary>Makes spaces with conversations for everyone in them; bob is in the first space only, and listed in some of its conversations, the others
    /// there being for a group that he is not in.</summary>
    private static async Task FillAsync(string engine, ServerProcess server, int conversations)
    {
        using var alice = await ClientAsync(server, "alice");
        var bob = await GetIdAsync(await ClientAsync(server, "bob"));
        for (var i = 0; i < Spaces; i++)
        {
            await PostAsync(alice, "spaces", new { name = $"Space {i}", participants = i == 0 ? new[] { new { user_id = bob } } : [] });
        }

        var clock = Stopwatch.StartNew();
        var inFirst = Math.Max(Seen, conversations / Spaces);
        var perOther = (conversations - inFirst) / (Spaces - 1);
        var posts = Enumerable.Range(0, Spaces).SelectMany(space => Batches(space == 0 ? inFirst : perOther).Select(batch => (Space: space + 1, batch)));
        await Parallel.ForEachAsync(posts, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (post, _) =>
        {
            var made = post.batch.Select(number => (object)(post.Space > 1
                ? new { name = $"Conversation {number}", space_id = post.Space, stakeholder = 2 }
                : number % (inFirst / Seen) == 0
                    ? new { name = $"Conversation {number}", space_id = 1, participants = new[] { new { user_id = bob } } }
                    : new { name = $"Conversation {number}", space_id = 1 }));
            await PostAsync(alice, "conversations", [.. made]);
        });
        Console.WriteLine($"{engine}: {conversations:N0} conversations made in {clock.Elapsed.TotalSeconds:N0} s ({conversations / clock.Elapsed.TotalSeconds:N0}/s)");
    }

    private static IEnumerable<int[]> Batches(int count) => Enumerable.Range(0, count).Chunk(PerPost);

    private static async Task<HttpClient> ClientAsync(ServerProcess server, string user)
    {
        var client = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.SignInAsync(user));
        return client;
    }

    private static async Task<long> GetIdAsync(HttpClient client)
    {
        using var answer = JsonDocument.Parse(await client.GetByteArrayAsync("userinfo"));
        return answer.RootElement.GetProperty("users")[0].GetProperty("id").GetInt64();
    }

    private static async Task PostAsync(HttpClient client, string resource, params object[] items)
    {
        using var answer = await client.PostAsJsonAsync(resource, new Dictionary<string, object[]> { [resource] = items });
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"POST {resource}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
