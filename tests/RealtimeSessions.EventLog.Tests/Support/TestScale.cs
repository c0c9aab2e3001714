using System.Globalization;

namespace RealtimeSessions.EventLog.Tests.Support;

/// <summary>How many times the usual number of random cases is run: the environment variable REALTIME_TEST_SCALE, 1 without it.</summary>
internal static class TestScale
{
    public static int Factor { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("REALTIME_TEST_SCALE"), CultureInfo.InvariantCulture, out var factor) ? factor : 1;
}
