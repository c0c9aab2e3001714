using System.Globalization;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>
/// How much is sent to each engine. <c>REALTIME_HOSTILE_REQUESTS</c> says how many requests, <c>REALTIME_HOSTILE_SEED</c> the number of the first one: a
/// failed request can so be sent alone.
/// </summary>
internal static class HostileScale
{
    public const int UsualRequests = 3_000;

    public static int Requests { get; } = Read("REALTIME_HOSTILE_REQUESTS", UsualRequests);

    public static int FirstSeed { get; } = Read("REALTIME_HOSTILE_SEED", 1);

    private static int Read(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;
}
