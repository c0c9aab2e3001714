using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// What a patch of 100 bytes costs on session data of 1 KB and of 1 MB: processor time of the server and, on Redis, of Redis. One writer with 8
/// patches in flight, one reader that checks order and completeness; the two sizes in turn, snapshots included.
/// </summary>
internal static class DocumentBenchmark
{
    private const int Rounds = 7;
    private const int PatchesPerRound = 10_000;
    private const int InFlight = 8;
    private const int ItemsPerGroup = 100;

    private static readonly (string Name, int Groups)[] Sizes = [("1 KB", 0), ("1 MB", 120)];

    public static async Task RunAsync()
    {
        Console.WriteLine($"document: a patch of 100 bytes, {InFlight} in flight; {Rounds} rounds of {PatchesPerRound} patches for each size, medians");
        Console.WriteLine("engine    data     patches/s  server µs/patch  Redis µs/patch");
        await using (var server = await ServerProcess.StartAsync())
        {
            await RunAsync("embedded", server, redis: null);
        }

        await using var redis = await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "everysec");
        var settings = ImmutableDictionary<string, string>.Empty.Add("ConnectionStrings__Redis", redis.ConnectionString);
        await using (var server = await ServerProcess.StartAsync(settings))
        {
            await RunAsync("redis", server, redis);
        }
    }

    private static async Task RunAsync(string engine, ServerProcess server, RedisServer? redis)
    {
        int[] processes = redis is null ? [server.Id] : [server.Id, redis.Process.Id];
        var token = await server.SignInAsync("alice");
        await using var writer = await HubClient.ConnectAsync(server.Address, token);
        await using var reader = await HubClient.ConnectAsync(server.Address, token);
        var sessions = new List<Subject>();
        foreach (var (name, groups) in Sizes)
        {
            var subject = new Subject(writer, reader, name, groups);
            await subject.PrepareAsync();
            await subject.RunRoundAsync(PatchesPerRound / 2, processes);
            sessions.Add(subject);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var subject in sessions)
            {
                subject.Rounds.Add(await subject.RunRoundAsync(PatchesPerRound, processes));
            }
        }

        foreach (var subject in sessions)
        {
            Console.WriteLine($"{engine,-9} {subject.Name,-6} {Median(subject, round => round.Rate),11:N0}  {Median(subject, round => round.Micros[0]),15:N1}"
                + (redis is null ? "" : $"  {Median(subject, round => round.Micros[1]),14:N1}"));
        }

        for (var i = 0; i < processes.Length; i++)
        {
            // Round by round: neighbours in time share the machine's mood.
            var ratio = Figures.Median(sessions[1].Rounds.Zip(sessions[0].Rounds, (large, small) => large.Micros[i] / small.Micros[i]));
            Console.WriteLine($"{engine,-9} 1 MB / 1 KB: {ratio:N2} of the {(i == 0 ? "server's" : "engine's")} processor time");
        }
    }

    private static double Median(Subject subject, Func<Round, double> figure) => Figures.Median(subject.Rounds.Select(figure));

    private sealed record Round(double Rate, double[] Micros);

    /// <summary>A session with data of one size.</summary>
    private sealed class Subject(HubClient writer, HubClient reader, string name, int groups)
    {
        private readonly Random _random = new(1);
        private readonly string _sessionId = $"document-{groups}";
        private long _sequence;

        public string Name => name;

        public List<Round> Rounds { get; } = [];

        public async Task PrepareAsync()
        {
            await writer.CallAsync("CreateSession", new { applicationId = "demo", sessionId = _sessionId, name });
            for (var group = 0; group < Math.Max(groups, 1); group++)
            {
                var items = new JsonObject();
                for (var item = 0; item < (groups == 0 ? ItemsPerGroup / 10 : ItemsPerGroup); item++)
                {
                    items[$"i{item:D2}"] = Item();
                }

                await PatchAsync(new JsonObject { [$"g{group:D2}"] = items });
            }

            await reader.CallAsync("JoinSession", new { applicationId = "demo", sessionId = _sessionId });
            var reset = await reader.Callbacks.ReadAsync();
            _sequence = reset.Argument.GetProperty("position").GetProperty("sequence").GetInt64();
            Console.WriteLine($"          {name}: the data weigh {reset.Argument.GetProperty("data").GetRawText().Length:N0} bytes");
        }

        public async Task<Round> RunRoundAsync(int patches, int[] processes)
        {
            var (time, clock) = (new ProcessTime(processes), Stopwatch.StartNew());
            var reading = CheckAsync(patches);
            using var slots = new SemaphoreSlim(InFlight);
            var calls = new List<Task>(patches);
            for (var i = 0; i < patches; i++)
            {
                await slots.WaitAsync();
                calls.Add(Release(PatchAsync(NextPatch()), slots));
            }

            await Task.WhenAll(calls);
            await reading;
            var seconds = clock.Elapsed.TotalSeconds;
            return new Round(patches / seconds, [.. time.Used().Select(used => used.TotalMicroseconds / patches)]);
        }

        private static async Task Release(Task call, SemaphoreSlim slots)
        {
            await call;
            slots.Release();
        }

        /// <summary>Every event once, in order.</summary>
        private async Task CheckAsync(int events)
        {
            for (var i = 0; i < events; i++)
            {
                var sequence = (await reader.Callbacks.ReadAsync()).Argument.GetProperty("sequence").GetInt64();
                if (sequence != ++_sequence)
                {
                    throw new InvalidOperationException($"After event {_sequence - 1} came {sequence}.");
                }
            }
        }

        private Task PatchAsync(JsonObject data) =>
            writer.CallAsync("PatchSessionData", new { applicationId = "demo", sessionId = _sessionId, data });

        private JsonObject NextPatch() => new()
        {
            [$"g{_random.Next(Math.Max(groups, 1)):D2}"] = new JsonObject
            {
                [$"i{_random.Next(groups == 0 ? ItemsPerGroup / 10 : ItemsPerGroup):D2}"] = Item(),
            },
        };

        private JsonObject Item() => new() { ["n"] = _random.Next(100_000, 999_999), ["text"] = new string((char)('a' + _random.Next(26)), 60) };
    }
}
