using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>Sends patches at a fixed rate, evenly spaced, whatever becomes of them. The stopwatch's ticks are nanoseconds of the monotonic clock.</summary>
internal static class OpenLoop
{
    private const int MonotonicClock = 1, Absolute = 1, SetTimerSlack = 29;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Sends for a time.</summary>
    /// <param name="writer">Who.</param>
    /// <param name="rate">Patches in a second.</param>
    /// <param name="time">How long.</param>
    /// <returns>How many were sent.</returns>
    public static Task<long> RunAsync(Member writer, double rate, TimeSpan time) =>
        Task.Factory.StartNew(() => Run(writer, rate, time), TaskCreationOptions.LongRunning);

    private static long Run(Member writer, double rate, TimeSpan time)
    {
        // Else the system wakes this thread up to 50 µs late.
        _ = ProcessControl(SetTimerSlack, 1, 0, 0, 0);
        var start = Stopwatch.GetTimestamp();
        var count = (long)(rate * time.TotalSeconds);
        for (var i = 0L; i < count; i++)
        {
            var due = start + (long)(i * NanosecondsPerSecond / rate);
            var at = due;
            if (Stopwatch.GetTimestamp() < due)
            {
                SleepUntil(due);
                at = Stopwatch.GetTimestamp();
            }

            // A patch that had to wait for the one before counts from when it was due.
            writer.SendPatch(at);
        }

        return count;
    }

    private static void SleepUntil(long due)
    {
        var until = new TimeSpecification(due / NanosecondsPerSecond, due % NanosecondsPerSecond);
        while (Sleep(MonotonicClock, Absolute, in until, 0) != 0)
        {
            // A signal came.
        }
    }

    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sleep(int clock, int flags, in TimeSpecification until, nint remaining);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ProcessControl(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);

    private readonly record struct TimeSpecification(nint Seconds, nint Nanoseconds)
    {
        public TimeSpecification(long seconds, long nanoseconds)
            : this((nint)seconds, (nint)nanoseconds)
        {
        }
    }
}
