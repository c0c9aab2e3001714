using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;

namespace RealtimeSessions.MessagePack.Writing;

/// <summary>
/// Writes JSON as MessagePack, in one pass. It is made for text that a serializer wrote: it never reads or writes out of bounds, and what it
/// cannot understand is an exception, but it does not look for every mistake that text can have.
/// </summary>
/// <remarks>
/// <para>It knows values, and what stands between them. A member's name is a value like the one behind it, a colon separates as a comma does; an
/// object has half as many members as it holds values. So one loop does it all, and its state stays in registers.</para>
/// <para>Hardly any value takes more bytes than its text, so the room is not looked after at each of them: there is always as much of it as there
/// is text left, and <see cref="Margin"/>. After a value that can be longer than its text the room is made up for.</para>
/// </remarks>
internal static class JsonScanner
{
    /// <summary>How deep it follows.</summary>
    public const int MaximumDepth = 128;

    /// <summary>More than the longest value of a fixed length, and more than what is copied of a short string.</summary>
    private const int Margin = 64;

    /// <summary>Where the header of an object would be whose members alone are wanted.</summary>
    private const int Nowhere = -1;

    /// <summary>Puts one value behind what is written.</summary>
    /// <returns>How many bytes it takes.</returns>
    public static int Scan(ReadOnlySpan<byte> json, MessagePackWriter writer) => Scan(json, writer, at: 0, depth: 0, default, out _);

    /// <summary>Puts the members of an object behind what is written.</summary>
    /// <returns>How many bytes they take.</returns>
    public static int ScanMembers(ReadOnlySpan<byte> json, MessagePackWriter writer, out int members)
    {
        var open = SkipSpace(json, 0);
        var first = json[open] == '{' ? SkipSpace(json, open + 1) : throw NoJson();
        if (json[first] != '}')
        {
            return Scan(json, writer, first, depth: 1, new JsonContainer(Nowhere, (byte)'}', 0), out members);
        }

        members = 0;
        return IsEmpty(json[(first + 1)..]) ? 0 : throw NoJson();
    }

    /// <param name="json">The text.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="at">Where the first value begins.</param>
    /// <param name="depth">How many containers it is in: none, or one.</param>
    /// <param name="container">This one.</param>
    /// <param name="members">How many members it has, if it is one.</param>
    private static int Scan(ReadOnlySpan<byte> json, MessagePackWriter writer, int at, int depth, JsonContainer container, out int members)
    {
        var to = writer.Free(json.Length + Margin);
        var containers = writer.Containers;
        var written = 0;
        var (start, end, items) = container;
        while (true)
        {
            var first = ByteAt(json, at);
            if (first == '"')
            {
                var length = ShortString(json, at + 1, to, written);
                if (length >= 0)
                {
                    written += length + (length <= Format.LongestFixString ? 1 : 2);
                    at += length + 2;
                }
                else
                {
                    at = LongString(json, at + 1, to[written..], out var taken);
                    written += taken;
                    to = MakeRoom(writer, to, written, json.Length - at);
                }
            }
            else if (SmallInteger(json, at, first, out var number) is > 0 and var digits)
            {
                at += digits;
                if (number < 0x80)
                {
                    to[written++] = (byte)number;
                }
                else
                {
                    written += Put.Integer(to[written..], number);
                }
            }
            else if (first is (byte)'{' or (byte)'[')
            {
                at = SkipSpace(json, at + 1);
                if (json[at] != first + 2)
                {
                    containers[depth] = new JsonContainer(start, end, items);
                    depth = depth + 1 < MaximumDepth ? depth + 1 : throw new JsonException($"What is to be sent nests deeper than {MaximumDepth}.");
                    (start, end, items) = (written++, (byte)(first + 2), 0);
                    continue;
                }

                at++;
                to[written++] = first == '{' ? Format.FixMap : Format.FixArray;
            }
            else if (first <= ' ')
            {
                at = SkipSpace(json, at);
                continue;
            }
            else
            {
                at += Scalar(json[at..], to[written..], out var taken);
                written += taken;
                to = MakeRoom(writer, to, written, json.Length - at);
            }

            items++;
            while ((uint)at >= (uint)json.Length || json[at] is not ((byte)',' or (byte)':'))
            {
                if (depth == 0)
                {
                    members = items;
                    return IsEmpty(json[at..]) ? written : throw NoJson();
                }

                var next = ByteAt(json, at);
                if (next <= ' ')
                {
                    at = SkipSpace(json, at);
                    continue;
                }

                at++;
                items = next != end ? throw NoJson() : end == '}' ? Half(items) : items;
                depth--;
                if (start != Nowhere)
                {
                    written = Put.ContainerHeaderBefore(to, start, written, items, end == '}' ? Format.FixMap : Format.FixArray);
                    to = MakeRoom(writer, to, written, json.Length - at);
                    (start, end, items) = containers[depth];
                    items++;
                }
            }

            at += depth > 0 ? 1 : throw NoJson();
        }
    }

    /// <summary>Puts a string without escapes that is short enough to be copied in one piece.</summary>
    /// <param name="json">The text.</param>
    /// <param name="at">Where the string begins, behind its quotation mark.</param>
    /// <param name="to">Where to.</param>
    /// <param name="written">How much is written there.</param>
    /// <returns>Its length; -1 if it is another one, and nothing is put.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ShortString(ReadOnlySpan<byte> json, int at, Span<byte> to, int written)
    {
        if (json.Length - at < Vector256<byte>.Count)
        {
            return -1;
        }

        var piece = Vector256.Create(json.Slice(at, Vector256<byte>.Count));
        var ends = Vector256.Equals(piece, Vector256.Create((byte)'"')) | Vector256.Equals(piece, Vector256.Create((byte)'\\'));
        var length = BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
        if (length < Vector256<byte>.Count)
        {
            // What is too much of the piece is written over by what follows.
            to[written] = (byte)(Format.FixString | length);
            piece.CopyTo(to[(written + 1)..]);
            return json[at + length] == '"' ? length : -1;
        }

        if (json.Length - at < 2 * Vector256<byte>.Count)
        {
            return -1;
        }

        var second = Vector256.Create(json.Slice(at + Vector256<byte>.Count, Vector256<byte>.Count));
        ends = Vector256.Equals(second, Vector256.Create((byte)'"')) | Vector256.Equals(second, Vector256.Create((byte)'\\'));
        length += BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
        to[written] = Format.String8;
        to[written + 1] = (byte)length;
        piece.CopyTo(to[(written + 2)..]);
        second.CopyTo(to[(written + 2 + Vector256<byte>.Count)..]);
        return length < 2 * Vector256<byte>.Count && json[at + length] == '"' ? length : -1;
    }

    /// <summary>Reads an integer of a few digits without a sign.</summary>
    /// <returns>Its length; 0 if it is something else.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SmallInteger(ReadOnlySpan<byte> json, int at, byte first, out uint number)
    {
        number = (uint)(first - '0');
        if (number > 9)
        {
            return 0;
        }

        for (var length = 1; length < 10 && (uint)(at + length) < (uint)json.Length; length++)
        {
            var digit = (uint)(json[at + length] - '0');
            if (digit > 9)
            {
                return json[at + length] is (byte)'.' or (byte)'e' or (byte)'E' ? 0 : length;
            }

            number = (number * 10) + digit;
        }

        return 0;
    }

    /// <summary>Puts any string.</summary>
    /// <returns>Where its text ends, its quotation mark included.</returns>
    private static int LongString(ReadOnlySpan<byte> json, int at, Span<byte> to, out int written)
    {
        var rest = json[at..];
        var length = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (length >= 0 && rest[length] == '"')
        {
            written = Put.StringHeader(to, length);
            rest[..length].CopyTo(to[written..]);
            written += length;
        }
        else
        {
            length = JsonEscapes.EndOf(rest);
            written = JsonEscapes.Put(length >= 0 ? rest[..length] : throw NoJson(), to);
        }

        return at + length + 1;
    }

    /// <summary>Puts a number, or what has a name.</summary>
    /// <returns>How long its text is.</returns>
    private static int Scalar(ReadOnlySpan<byte> json, Span<byte> to, out int written)
    {
        if (json[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            return JsonNumber.Put(json, to, out written);
        }

        var (name, format) = json[0] switch
        {
            (byte)'t' => ("true", Format.True),
            (byte)'f' => ("false", Format.False),
            _ => ("null", Format.Nil),
        };
        to[0] = format;
        written = 1;
        return Ascii.Equals(json[..Math.Min(name.Length, json.Length)], name) ? name.Length : throw NoJson();
    }

    private static Span<byte> MakeRoom(MessagePackWriter writer, Span<byte> to, int written, int left) =>
        to.Length - written >= left + Margin ? to : writer.Free(written + left + Margin, used: written);

    private static byte ByteAt(ReadOnlySpan<byte> json, int at) => (uint)at < (uint)json.Length ? json[at] : throw NoJson();

    private static int Half(int items) => items % 2 == 0 ? items / 2 : throw NoJson();

    /// <returns>Where the next byte is that is no space, of which there must be one.</returns>
    private static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (ByteAt(json, at) <= ' ')
        {
            at++;
        }

        return at;
    }

    private static bool IsEmpty(ReadOnlySpan<byte> json) => json.IndexOfAnyExceptInRange((byte)0, (byte)' ') < 0;

    private static JsonException NoJson() => new("What is to be sent is no JSON.");
}

/// <summary>A container that others are in.</summary>
/// <param name="Start">Where its header is.</param>
/// <param name="End">What ends it.</param>
/// <param name="Items">How many values it holds already.</param>
internal readonly record struct JsonContainer(int Start, byte End, int Items);
