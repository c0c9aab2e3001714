using System.Text;

namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// Strings for the member names read last. Documents and patches repeat few names, so most reads find the string that stands in the
/// document already. Safe for any number of threads: an entry lost in a race is only made anew.
/// </summary>
internal static class NameCache
{
    /// <summary>A power of two.</summary>
    private const int Slots = 1024;

    /// <summary>Longer names are not kept, in bytes.</summary>
    private const int MaximumLength = 32;

    private static readonly string?[] Names = new string?[Slots];

    /// <summary>Gives the string if the name may be kept: ASCII and not too long.</summary>
    /// <param name="name">The name, unescaped.</param>
    /// <returns><c>null</c> if the name may not be kept.</returns>
    public static string? Get(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaximumLength || !Ascii.IsValid(name))
        {
            return null;
        }

        var hash = 0u;
        foreach (var value in name)
        {
            hash = (hash * 31) + value;
        }

        ref var slot = ref Names[hash & (Slots - 1)];
        var known = slot;
        return known is not null && Ascii.Equals(name, known) ? known : slot = Encoding.ASCII.GetString(name);
    }
}
