using System.Globalization;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>What a server keeps in memory once its garbage is collected.</summary>
/// <param name="Heap">Bytes on its heap.</param>
/// <param name="Private">Bytes of memory that are its own, as the operating system counts them.</param>
internal sealed record Memory(long Heap, long Private)
{
    /// <summary>Collects the server's garbage and looks.</summary>
    public static async Task<Memory> ReadAsync(Subject subject)
    {
        var use = await subject.Probe.ReadAsync(collect: true);
        return new Memory(use.Heap, ReadPrivate(subject.ServerId));
    }

    private static long ReadPrivate(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);
    }
}
