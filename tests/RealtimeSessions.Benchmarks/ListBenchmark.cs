using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// What a page of <c>ListSessions</c> costs in an application with 1,000 and with 100,000 open sessions, for a caller who takes part in the
/// same number of them, filtered by a property that all sessions have, and by one that half of his have. The two applications in turn.
/// </summary>
internal static class ListBenchmark
{
    private const int Rounds = 200;
    private const int Mine = 100;
    private const int Connections = 8;
    private const int InFlight = 16;

    private static readonly (string Application, int Sessions)[] Sizes = [("list-small", 1_000), ("list-large", 100_000)];
    private static readonly (string Name, object Properties)[] Filters = [("all have it", new { kind = "board" }), ("half of his", new { half = "yes" })];

    public static async Task RunAsync()
    {
        Console.WriteLine($"list: a page of the {Mine} sessions a caller takes part in, filtered by a property; {Rounds} calls for each, medians");
        Console.WriteLine("engine    sessions  property      found  ms");
        var settings = ImmutableDictionary<string, string>.Empty.Add("Limits__CallsPerSecond", "0");
        await using (var server = await ServerProcess.StartAsync(settings))
        {
            await RunAsync("embedded", server);
        }

        await using var redis = await RedisServer.StartAsync();
        await using (var server = await ServerProcess.StartAsync(settings.Add("ConnectionStrings__Redis", redis.ConnectionString)))
        {
            await RunAsync("redis", server);
        }
    }

    private static async Task RunAsync(string engine, ServerProcess server)
    {
        var alice = await server.SignInAsync("alice");
        foreach (var (application, sessions) in Sizes)
        {
            await FillAsync(server, alice, application, sessions);
        }

        await using var carol = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("carol"));
        foreach (var (name, properties) in Filters)
        {
            var times = Sizes.ToDictionary(size => size.Application, _ => new List<double>());
            var found = 0;
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var (application, _) in Sizes)
                {
                    var clock = Stopwatch.StartNew();
                    var page = await carol.CallAsync("ListSessions", new { applicationId = application, properties });
                    times[application].Add(clock.Elapsed.TotalMilliseconds);
                    found = page.GetProperty("sessions").GetArrayLength();
                }
            }

            foreach (var (application, sessions) in Sizes)
            {
                Console.WriteLine($"{engine,-9} {sessions,8:N0}  {name,-12}  {found,5}  {Figures.Median(times[application]):N2}");
            }

            var ratio = Figures.Median(times[Sizes[1].Application].Zip(times[Sizes[0].Application], (large, small) => large / small));
            Console.WriteLine($"{engine,-9} 100,000 / 1,000: {ratio:N2} times");
        }
    }

    /// <summary>Makes an application of which everybody is a Contributor, with sessions; carol takes part in as many of them whatever their number.</summary>
    private static async Task FillAsync(ServerProcess server, string token, string application, int sessions)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await http.PostAsJsonAsync("/api/v1/applications", new { applicationId = application, name = application })).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync($"/api/v1/applications/{application}/roles/Contributor/participants", new { id = "everyone", type = "group" }))
            .EnsureSuccessStatusCode();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => FillAsync(server, token, application, sessions, connection)));
        Console.WriteLine($"          {sessions:N0} sessions made in {clock.Elapsed.TotalSeconds:N0} s");
    }

    private static async Task FillAsync(ServerProcess server, string token, string application, int sessions, int connection)
    {
        await using var client = await HubClient.ConnectAsync(server.Address, token);
        using var slots = new SemaphoreSlim(InFlight);
        var calls = new List<Task>();
        for (var i = connection; i < sessions; i += Connections)
        {
            var mine = i % (sessions / Mine) == 0;
            var half = mine && i / (sessions / Mine) % 2 == 0 ? "yes" : "no";
            await slots.WaitAsync();
            calls.Add(ReleaseAsync(client.CallAsync("CreateSession", new
            {
                applicationId = application,
                name = $"Session {i}",
                properties = new { kind = "board", half, room = $"{i % 10}" },
                participants = mine ? new[] { new { id = "carol" } } : [],
            }), slots));
        }

        await Task.WhenAll(calls);
    }

    private static async Task ReleaseAsync(Task call, SemaphoreSlim slots)
    {
        await call;
        slots.Release();
    }
}
