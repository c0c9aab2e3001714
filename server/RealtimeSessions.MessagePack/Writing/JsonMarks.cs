using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RealtimeSessions.MessagePack.Writing;

/// <summary>
/// The quotation marks and backslashes of a text, one after the other. They are looked for block by block, ahead of where the text is read: so where
/// a string ends is known without a look at it, and the processor does not wait from one string to the next.
/// </summary>
internal static class JsonMarks
{
    /// <summary>How many bytes are looked at together.</summary>
    public const int BlockLength = 64;

    /// <summary>Looks for the next of them.</summary>
    /// <param name="json">The text.</param>
    /// <param name="at">Where to begin.</param>
    /// <returns>Where the first block begins that has any, and a bit for each of them; if there is none, 0, and the place is behind the text.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (int Block, ulong Marks) Find(ReadOnlySpan<byte> json, int at)
    {
        for (; at < json.Length; at += BlockLength)
        {
            var marks = json.Length - at >= BlockLength ? Look(ref Unsafe.Add(ref MemoryMarshal.GetReference(json), at)) : LookAtLast(json[at..]);
            if (marks != 0)
            {
                return (at, marks);
            }
        }

        return (at, 0);
    }

    private static ulong Look(ref byte block) =>
        Look(Vector256.LoadUnsafe(ref block)) | ((ulong)Look(Vector256.LoadUnsafe(ref block, (nuint)Vector256<byte>.Count)) << Vector256<byte>.Count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong LookAtLast(ReadOnlySpan<byte> json)
    {
        // What is not there is no mark.
        Span<byte> block = stackalloc byte[BlockLength];
        json.CopyTo(block);
        return Look(ref MemoryMarshal.GetReference(block));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Look(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits();
}
