using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RealtimeSessions.MessagePack.Writing;

/// <summary>A JSON string as MessagePack.</summary>
internal static class JsonString
{
    /// <summary>What is copied of a short string: more than it can have, which is faster than its length.</summary>
    public const int Piece = Format.LongestFixString + 1;

    /// <summary>Puts a string without escapes that is shorter than <see cref="Piece"/>. What is copied too much is written over by what follows.</summary>
    /// <param name="json">The text, with a <see cref="Piece"/> from the start on: the caller has looked.</param>
    /// <param name="start">Where the string begins, behind its quotation mark.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="to">Where to, with room for a <see cref="Piece"/> and its header: the caller has looked.</param>
    /// <param name="written">How much is written there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PutShort(ReadOnlySpan<byte> json, int start, int length, Span<byte> to, int written)
    {
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(to), written);
        target = (byte)(Format.FixString | length);
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)start).StoreUnsafe(ref target, 1);
    }

    /// <summary>Puts a string without escapes.</summary>
    /// <returns>How many bytes it takes.</returns>
    public static int Put(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var header = Writing.Put.StringHeader(to, text.Length);
        text.CopyTo(to[header..]);
        return header + text.Length;
    }

    /// <summary>Puts a string with escapes.</summary>
    /// <returns>Where its text ends, its quotation mark included.</returns>
    public static int PutEscaped(ReadOnlySpan<byte> json, int start, Span<byte> to, out int written)
    {
        var length = JsonEscapes.EndOf(json[start..]);
        written = JsonEscapes.Put(length >= 0 ? json.Slice(start, length) : throw JsonScanner.NoJson(), to);
        return start + length + 1;
    }
}
