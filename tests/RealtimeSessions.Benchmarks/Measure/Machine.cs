using System.Globalization;
using System.Runtime.InteropServices;

namespace RealtimeSessions.Benchmarks.Measure;

/// <summary>Where the figures come from.</summary>
internal static class Machine
{
    /// <summary>One line: cores, memory, runtime, date.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30):N0} GB, "
        + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, {DateTime.UtcNow:yyyy-MM-dd}");
}
