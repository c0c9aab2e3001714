using System.Diagnostics;

namespace RealtimeSessions.LoadTester.Measure;

/// <summary>What the tester itself uses: whoever is near all processors here was the limit, and not the server.</summary>
internal sealed class OwnProcess(TimeProvider time)
{
    private readonly Process _process = Process.GetCurrentProcess();
    private long _at = time.GetTimestamp();
    private TimeSpan _used = Environment.CpuUsage.TotalTime;

    /// <summary>Processor time used since the process began.</summary>
    public static TimeSpan Processor => Environment.CpuUsage.TotalTime;

    /// <summary>Processors kept busy since this was asked last: 1 is one of them.</summary>
    public double ReadProcessors()
    {
        var (now, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var busy = (used - _used) / time.GetElapsedTime(_at, now);
        (_at, _used) = (now, used);
        return double.IsFinite(busy) ? busy : 0;
    }

    /// <summary>Memory that the process holds, in bytes.</summary>
    public long ReadMemory()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }
}
