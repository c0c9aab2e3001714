using System.Globalization;
using RealtimeSessions.Benchmarks.Baseline;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// What nothing costs: the memory of connections that are in a session and silent, against the same in groups of a bare SignalR hub; and of sessions
/// that were used and left. Garbage is collected before each look.
/// </summary>
internal static class IdleBenchmark
{
    private const int MembersPerSession = 10;
    private const int Clients = 8;
    private const double LeftTarget = 1;

    // Sessions that nobody uses stay in memory for 10 s, and are looked at every 5 s.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Pace pace)
    {
        var isQuick = pace == Pace.Quick;
        await CompareConnectionsAsync(isQuick ? 50 : 500, isQuick ? 1 : 3);
        await LeaveSessionsAsync(isQuick ? 1_000 : 10_000);
    }

    private static async Task CompareConnectionsAsync(int sessions, int rounds)
    {
        var connections = sessions * MembersPerSession;
        Console.WriteLine($"idle: {connections:N0} silent connections in {sessions} sessions; {rounds} rounds in turn, each with new processes, medians");
        var (bares, owns) = (new List<Memory>(), new List<Memory>());
        for (var round = 0; round < rounds; round++)
        {
            await using (var bare = await BaselineSubject.StartAsync(BaselineServer.Bare))
            {
                bares.Add(await MeasureAsync(bare, sessions));
            }

            await using var own = await SessionsSubject.StartAsync();
            owns.Add(await MeasureAsync(own, sessions));
        }

        var table = new Table("", "heap, bytes/connection", "private memory, bytes/connection");
        foreach (var (name, series) in new[] { ("bare", bares), ("sessions", owns) })
        {
            table.Add(
                name, Text(Figures.Median(series.Select(memory => (double)memory.Heap / connections))),
                Text(Figures.Median(series.Select(memory => (double)memory.Private / connections))));
        }

        table.Print();
        var heap = new Ratio(owns.Select(memory => (double)memory.Heap), bares.Select(memory => (double)memory.Heap));
        var all = new Ratio(owns.Select(memory => (double)memory.Private), bares.Select(memory => (double)memory.Private));
        Console.WriteLine($"  heap, sessions / bare: {heap.AtMost(1.15)}");
        Console.WriteLine($"  private memory, sessions / bare: {all.AtMost(1.15)}");
    }

    /// <summary>What connections add.</summary>
    private static async Task<Memory> MeasureAsync(Subject subject, int sessions)
    {
        // Once before, so that what is made once is not counted.
        await using (await Crowd.JoinAsync(subject, Plan("before", sessions / 10)))
        {
        }

        await Task.Delay(Settling);
        var before = await Memory.ReadAsync(subject);
        await using var crowd = await Crowd.JoinAsync(subject, Plan("idle", sessions));
        await Task.Delay(Settling);
        var after = await Memory.ReadAsync(subject);
        subject.AssertNoErrors();
        return new Memory(after.Heap - before.Heap, after.Private - before.Private);
    }

    private static CrowdPlan Plan(string name, int sessions) =>
        new(CrowdPlan.Ids(name, sessions), MembersPerSession) { BufferBytes = 4 * 1024 };

    private static async Task LeaveSessionsAsync(int sessions)
    {
        Console.WriteLine();
        Console.WriteLine($"{sessions:N0} sessions are created, joined and left; the heap afterwards, against before:");
        foreach (var onRedis in new[] { true, false })
        {
            await using var subject = await SessionsSubject.StartAsync(onRedis);
            await UseAsync(subject, "before", sessions / 10);
            var before = await Memory.ReadAsync(subject);
            await UseAsync(subject, "left", sessions);
            var growth = Math.Round(((await Memory.ReadAsync(subject)).Heap - before.Heap) / 1e6, 2);
            var judgement = onRedis
                ? $"≤ {LeftTarget} {(growth <= LeftTarget ? "met" : "NOT MET")}"
                : "(the engine remembers the last 10,000 logs and 50,000 writers)";
            Console.WriteLine($"  {subject.Name}: {growth:+0.00;-0.00;0} MB {judgement}");
            subject.AssertNoErrors();
        }
    }

    /// <summary>Creates, joins and leaves sessions, and waits until the server has put them aside.</summary>
    private static async Task UseAsync(Subject subject, string name, int sessions)
    {
        await subject.CreateSessionsAsync(CrowdPlan.Ids(name, sessions));
        await Task.WhenAll(CrowdPlan.Ids(name, sessions).Chunk(1 + (sessions / Clients)).Select(async some =>
        {
            await using var client = await HubClient.ConnectAsync(subject.Address, subject.Token);
            foreach (var sessionId in some)
            {
                await client.CallAsync("JoinSession", new { applicationId = "demo", sessionId });
                if (await client.Callbacks.ReadAsync() is { Name: not "SessionReset" } other)
                {
                    throw new LoadException($"A join was followed by {other.Name}.");
                }

                await client.CallAsync("LeaveSession", new { applicationId = "demo", sessionId });
            }
        }));
        await Task.Delay(IdleTime);
    }

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
