using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using RealtimeSessions.EndToEnd.Tests.Hostile.Hub;
using RealtimeSessions.EndToEnd.Tests.Hostile.Rest;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>
/// Sends hostile requests, half of them to the hub and half over REST. A request is made from its seed alone, and plays on a stage that it shares
/// with a hundred others.
/// </summary>
internal sealed partial class HostileRun(IReadOnlyList<ServerProcess> servers, Action<string> report)
{
    public const int RequestsOfAStage = 100;
    private const int Workers = 4;
    private const int StrangerOneIn = 8;
    private const int ReportEvery = 10_000;

    private readonly ConcurrentDictionary<(ServerProcess, string), Task<string>> _tokens = new();

    public Outcomes Outcomes { get; } = new();

    /// <summary>Sends the requests of consecutive seeds.</summary>
    public Task PlayAsync(int firstSeed, int count) => Parallel.ForEachAsync(
        Enumerable.Range(firstSeed, count).Chunk(RequestsOfAStage),
        new ParallelOptions { MaxDegreeOfParallelism = Workers },
        async (seeds, _) => await PlayAsync(seeds));

    private async Task PlayAsync(int[] seeds)
    {
        var server = servers[seeds[0] / RequestsOfAStage % servers.Count];
        var stage = await Stage.BuildAsync(server, $"stage-{seeds[0]}");
        await using var owner = new Attacker(server, await TokenAsync(server, Stage.Owner));
        await using var stranger = new Attacker(server, await TokenAsync(server, Stage.Stranger));
        foreach (var seed in seeds.TakeWhile(_ => !Outcomes.IsHopeless))
        {
            var random = new Random(seed);
            await PlayAsync(seed, random, stage, random.Next(StrangerOneIn) == 0 ? stranger : owner);
        }

        await stage.ClearAsync(server);
    }

    private async Task PlayAsync(int seed, Random random, Stage stage, Attacker attacker)
    {
        if (random.Next(2) == 0)
        {
            var attack = HubCases.Make(random, stage, $"{seed}");
            await PlayAsync(seed, $"hub, {attack.Kind}", () => attack.Bytes, () => attacker.Hub.PlayAsync(attack));
        }
        else
        {
            var request = RestCases.Make(random, stage);
            var kind = request.IsHttp ? "rest" : "rest, not HTTP";
            await PlayAsync(seed, kind, () => [attacker.Rest.BytesOf(request)], () => attacker.Rest.PlayAsync(request));
        }
    }

    private async Task PlayAsync(int seed, string kind, Func<IEnumerable<byte[]>> bytes, Func<Task<string>> play)
    {
        try
        {
            Outcomes.Add($"{kind}: {await play()}");
        }
        catch (Exception exception)
        {
            Outcomes.Fail(seed, kind, bytes().Select(WithoutToken), exception);
        }

        if (Outcomes.Total is var total && total % ReportEvery == 0)
        {
            report($"{total} requests");
        }
    }

    private Task<string> TokenAsync(ServerProcess server, string user) => _tokens.GetOrAdd((server, user), _ => server.SignInAsync(user));

    private static byte[] WithoutToken(byte[] request) => Encoding.Latin1.GetBytes(Token().Replace(Encoding.Latin1.GetString(request), "<token>"));

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]{40,}\.[\w-]{40,}")]
    private static partial Regex Token();

    private sealed class Attacker(ServerProcess server, string token) : IAsyncDisposable
    {
        public HubAttack Hub { get; } = new(server.Address, token);

        public RestAttack Rest { get; } = new(server.Address, token);

        public ValueTask DisposeAsync()
        {
            Rest.Dispose();
            return Hub.DisposeAsync();
        }
    }
}
