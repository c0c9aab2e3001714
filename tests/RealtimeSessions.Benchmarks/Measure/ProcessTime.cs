using System.Diagnostics;

namespace RealtimeSessions.Benchmarks.Measure;

/// <summary>The processor time that processes have used since a moment, as the operating system counts it.</summary>
internal sealed class ProcessTime(params int[] processes)
{
    private readonly TimeSpan[] _before = [.. processes.Select(Read)];

    /// <summary>What each of the processes has used.</summary>
    public TimeSpan[] Used() => [.. processes.Select((process, i) => Read(process) - _before[i])];

    private static TimeSpan Read(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }
}
