using System.Globalization;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>
/// How much is sent to each engine. <c>REALTIME_HOSTILE_REQUESTS</c> says how many requests, <c>REALTIME_HOSTILE_SEED</c> the number of the first
/// one: a failed request can so be sent alone.
/// </summary>
internal static class HostileScale
{
    private const int UsualRequests = 3_000;

    public static int Requests { get; } = Read("REALTIME_HOSTILE_REQUESTS", UsualRequests);

    public static int FirstSeed { get; } = Read("REALTIME_HOSTILE_SEED", 1);

    /// <summary>
    /// The parts they are sent in: after the first a server has seen everything once; the third is three times the second. A hundred or less are
    /// one part, as they were when one of them failed.
    /// </summary>
    public static IReadOnlyList<int> Parts { get; } =
        Requests <= HostileRun.RequestsOfAStage ? [Requests] : [Requests - (Requests / 7 * 4), Requests / 7, Requests / 7 * 3];

    private static int Read(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;
}
