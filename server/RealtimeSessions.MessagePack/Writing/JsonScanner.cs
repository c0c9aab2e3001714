using System.Numerics;
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
        var (block, marks) = JsonMarks.Find(json, at);
        var containers = writer.Containers;
        var written = 0;
        var (start, end, items) = container;
        while (true)
        {
            var first = ByteAt(json, at);
            if (first == '"')
            {
                // The mark that is next is this one; the one after it ends the string, if it has no escapes.
                marks &= marks - 1;
                if (marks == 0)
                {
                    (block, marks) = JsonMarks.Find(json, block + JsonMarks.BlockLength);
                }

                var close = block + BitOperations.TrailingZeroCount(marks);
                marks &= marks - 1;
                if (ByteAt(json, close) != '"')
                {
                    at = JsonString.PutEscaped(json, at + 1, to[written..], out var taken);
                    written += taken;
                    to = MakeRoom(writer, to, written, json.Length - at);
                    (block, marks) = JsonMarks.Find(json, at);
                }
                else if ((uint)(close - at) <= JsonString.Piece && json.Length - at > JsonString.Piece && to.Length - written > JsonString.Piece)
                {
                    JsonString.PutShort(json, at + 1, close - at - 1, to, written);
                    written += close - at;
                    at = close + 1;
                }
                else
                {
                    written += JsonString.Put(json[(at + 1)..close], to[written..]);
                    at = close + 1;
                    to = MakeRoom(writer, to, written, json.Length - at);
                }

                if (marks == 0)
                {
                    (block, marks) = JsonMarks.Find(json, block + JsonMarks.BlockLength);
                }
            }
            else if (JsonNumber.ReadShort(json, at, first, out var number) is > 0 and var digits)
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

    internal static JsonException NoJson() => new("What is to be sent is no JSON.");
}

/// <summary>A container that others are in.</summary>
/// <param name="Start">Where its header is.</param>
/// <param name="End">What ends it.</param>
/// <param name="Items">How many values it holds already.</param>
internal readonly record struct JsonContainer(int Start, byte End, int Items);
