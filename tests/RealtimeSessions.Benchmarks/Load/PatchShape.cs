using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>
/// What the data look like and which part of them a patch touches: a small object of about 100 bytes under one of some names. A few names
/// stand side by side; many stand in groups of 100.
/// </summary>
/// <param name="names">How many names there are.</param>
internal sealed class PatchShape(int names)
{
    private const int MostSideBySide = 1_000;
    private const int GroupSize = 100;

    // Coprime to any number of names that has no such factor: the patches jump about and touch each name equally often.
    private const long Stride = 7_919;

    /// <summary>Writes a patch.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="writer">The writer's number.</param>
    /// <param name="number">The patch's number among the writer's.</param>
    /// <returns>Its length.</returns>
    public int Write(Span<byte> to, int writer, long number) => Write(to, (int)(number * Stride % names), writer, number);

    /// <summary>Patches that together make the data, ten names each.</summary>
    public IEnumerable<string> Fill() => Enumerable.Range(0, names).Chunk(10).Select(some => Merge(some));

    private string Merge(int[] some)
    {
        // Chunks never cross a group: 10 divides its size.
        var parts = some.Select(name => Text(name)).ToArray();
        return names <= MostSideBySide
            ? $"{{{string.Join(',', parts.Select(part => part[1..^1]))}}}"
            : $"{{\"group{some[0] / GroupSize}\":{{{string.Join(',', parts.Select(part => part[(part.IndexOf(':', StringComparison.Ordinal) + 2)..^2]))}}}}}";
    }

    private string Text(int name)
    {
        Span<byte> buffer = stackalloc byte[256];
        return Encoding.UTF8.GetString(buffer[..Write(buffer, name, writer: 0, number: 0)]);
    }

    private int Write(Span<byte> to, int name, int writer, long number)
    {
        int written;
        if (names <= MostSideBySide)
        {
            Utf8.TryWrite(
                to, CultureInfo.InvariantCulture,
                $"{{\"item{name}\":{{\"w\":{writer},\"n\":{number},\"x\":{number * 7 % 1000},\"y\":{number * 13 % 1000},\"t\":\"some text that a patch of usual size may carry\"}}}}",
                out written);
        }
        else
        {
            Utf8.TryWrite(
                to, CultureInfo.InvariantCulture,
                $"{{\"group{name / GroupSize}\":{{\"item{name % GroupSize}\":{{\"w\":{writer},\"n\":{number},\"x\":{number * 7 % 1000},\"y\":{number * 13 % 1000},\"t\":\"some text that a patch of usual size may carry\"}}}}}}",
                out written);
        }

        return written;
    }
}
