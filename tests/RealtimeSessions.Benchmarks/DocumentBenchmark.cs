using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// What a patch of 100 bytes costs on session data of 1 KB and of 4 MB, on either engine: one writer, one reader, snapshots included, the two
/// sizes in turn.
/// </summary>
internal static class DocumentBenchmark
{
    private const int InFlight = 8;

    // About 100 bytes under each name.
    private const int SmallNames = 10, LargeNames = 40_000;

    public static async Task RunAsync(Pace pace)
    {
        Console.WriteLine(
            $"document: patches of 100 bytes, {InFlight} in flight from one member, one reads; {pace.Rounds} rounds of {pace.Time.TotalSeconds:N0} s in turn, medians");
        foreach (var onRedis in new[] { false, true })
        {
            await using var subject = await SessionsSubject.StartAsync(onRedis);
            await using var crowds = await Crowds.JoinAsync(
            [
                () => Crowd.JoinAsync(subject, Plan("small", SmallNames), "1 KB"),
                () => Crowd.JoinAsync(subject, Plan("large", LargeNames), "4 MB"),
            ]);
            var rounds = await crowds.RunAsync(pace, time => new WriteOrder(1, InFlight, InTurn: true, time));
            rounds.PrintCalls(subject.Name);
            rounds.PrintRatio("calls/s", 1, round => round.PatchesPerSecond, ratio => ratio.AtLeast(0.9));
            rounds.PrintRatio("server µs", 1, round => round.Server.TotalMicroseconds / round.Answer.Patches, ratio => $"{ratio}");
        }
    }

    private static CrowdPlan Plan(string session, int names) => new([$"document-{session}"], MembersPerSession: 2) { Names = names, IsFilled = true };
}
