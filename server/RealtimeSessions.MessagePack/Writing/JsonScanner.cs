using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace RealtimeSessions.MessagePack.Writing;

/// <summary>
/// Writes JSON as MessagePack, in one pass. It is made for text that a serializer wrote: it never reads or writes out of bounds, and what it
/// cannot understand is an exception, but it does not look for every mistake that text can have.
/// </summary>
/// <remarks>
/// Hardly any value takes more bytes than its text, so the room is not checked at each of them: there is always as much of it as there is text
/// left, and <see cref="Margin"/>. Only after a value that can be longer than its text the room is made up for.
/// </remarks>
internal ref struct JsonScanner
{
    /// <summary>How deep it follows; each level takes a little of the stack.</summary>
    public const int MaximumDepth = 128;

    /// <summary>More than the longest value of a fixed length, and more than a string that is copied in one piece.</summary>
    private const int Margin = 32;

    private readonly ReadOnlySpan<byte> _json;
    private readonly MessagePackWriter _writer;
    private Span<byte> _to;
    private int _at;
    private int _written;

    private JsonScanner(ReadOnlySpan<byte> json, MessagePackWriter writer)
    {
        _json = json;
        _writer = writer;
        _to = writer.Free(json.Length + Margin);
    }

    private readonly ReadOnlySpan<byte> Rest => _json[_at..];

    /// <summary>Puts one value behind what is written.</summary>
    /// <returns>How many bytes it takes.</returns>
    public static int Scan(ReadOnlySpan<byte> json, MessagePackWriter writer)
    {
        var scanner = new JsonScanner(json, writer);
        scanner.Value(depth: 0);
        return scanner.End();
    }

    /// <summary>Puts the members of an object behind what is written.</summary>
    /// <returns>How many bytes they take.</returns>
    public static int ScanMembers(ReadOnlySpan<byte> json, MessagePackWriter writer, out int count)
    {
        var scanner = new JsonScanner(json, writer);
        count = scanner.Next() == '{' ? scanner.Members(depth: 1) : throw NoJson();
        return scanner.End();
    }

    private static JsonException NoJson() => new("What is to be sent is no JSON.");

    private int End()
    {
        while (_at < _json.Length)
        {
            if (_json[_at++] > ' ')
            {
                throw NoJson();
            }
        }

        return _written;
    }

    /// <summary>The byte that the next token begins with.</summary>
    private byte Next()
    {
        for (; (uint)_at < (uint)_json.Length; _at++)
        {
            if (_json[_at] > ' ')
            {
                return _json[_at];
            }
        }

        throw NoJson();
    }

    private void Value(int depth)
    {
        switch (Next())
        {
            case (byte)'"':
                String();
                break;
            case (byte)'{':
                Container(depth, Format.FixMap);
                break;
            case (byte)'[':
                Container(depth, Format.FixArray);
                break;
            case (byte)'t':
                Literal("true"u8, Format.True);
                break;
            case (byte)'f':
                Literal("false"u8, Format.False);
                break;
            case (byte)'n':
                Literal("null"u8, Format.Nil);
                break;
            default:
                _at += JsonNumber.Put(Rest, _to[_written..], out var written);
                _written += written;
                if (written == 0)
                {
                    LongNumber();
                }
                else if (written == JsonNumber.FloatLength)
                {
                    MakeRoom();
                }

                break;
        }
    }

    private void Container(int depth, byte fix)
    {
        if (depth == MaximumDepth)
        {
            throw new JsonException($"What is to be sent nests deeper than {MaximumDepth}.");
        }

        var start = _written++;
        var count = fix == Format.FixMap ? Members(depth + 1) : Elements(depth + 1);
        _written = Put.ContainerHeaderBefore(_to, start, _written, count, fix);
        if (count > Format.LargestFixContainer)
        {
            MakeRoom();
        }
    }

    private int Members(int depth)
    {
        _at++;
        if (Next() == '}')
        {
            _at++;
            return 0;
        }

        for (var count = 1; ; count++)
        {
            if (Next() != '"')
            {
                throw NoJson();
            }

            String();
            Pass(':');
            Value(depth);
            if (!Continues('}'))
            {
                return count;
            }
        }
    }

    private int Elements(int depth)
    {
        _at++;
        if (Next() == ']')
        {
            _at++;
            return 0;
        }

        for (var count = 1; ; count++)
        {
            Value(depth);
            if (!Continues(']'))
            {
                return count;
            }
        }
    }

    private void Pass(char separator)
    {
        if (Next() != separator)
        {
            throw NoJson();
        }

        _at++;
    }

    private bool Continues(char end)
    {
        var next = Next();
        _at++;
        return next == ',' || (next == end ? false : throw NoJson());
    }

    private void Literal(ReadOnlySpan<byte> text, byte format)
    {
        if (!Rest.StartsWith(text))
        {
            throw NoJson();
        }

        _at += text.Length;
        _to[_written++] = format;
    }

    private void String()
    {
        var start = _at + 1;
        if (_json.Length - start >= Vector128<byte>.Count)
        {
            var piece = Vector128.Create(_json.Slice(start, Vector128<byte>.Count));
            var ends = (Vector128.Equals(piece, Vector128.Create((byte)'"')) | Vector128.Equals(piece, Vector128.Create((byte)'\\')))
                .ExtractMostSignificantBits();
            var length = BitOperations.TrailingZeroCount(ends);
            if (length < Vector128<byte>.Count && _json[start + length] == '"')
            {
                // All of the piece is copied; what follows is written over what is too much.
                _to[_written] = (byte)(Format.FixString | length);
                piece.CopyTo(_to[(_written + 1)..]);
                _written += length + 1;
                _at = start + length + 1;
                return;
            }
        }

        LongString(start);
    }

    private void LongString(int start)
    {
        var rest = _json[start..];
        var length = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (length >= 0 && rest[length] == '"')
        {
            _written += Put.StringHeader(_to[_written..], length);
            rest[..length].CopyTo(_to[_written..]);
            _written += length;
        }
        else
        {
            length = JsonEscapes.EndOf(rest);
            if (length < 0)
            {
                throw NoJson();
            }

            _written += JsonEscapes.Put(rest[..length], _to[_written..]);
        }

        _at = start + length + 1;
        if (length > byte.MaxValue)
        {
            MakeRoom();
        }
    }

    /// <summary>A number that is no integer and beyond the range of a float: its text.</summary>
    private void LongNumber()
    {
        var text = Rest[..JsonNumber.LengthOf(Rest)];
        if (text.IsEmpty)
        {
            throw NoJson();
        }

        MakeRoom();
        _written += Put.StringHeader(_to[_written..], text.Length);
        text.CopyTo(_to[_written..]);
        _written += text.Length;
        _at += text.Length;
        MakeRoom();
    }

    private void MakeRoom()
    {
        var needed = _json.Length - _at + Margin;
        if (_to.Length - _written < needed)
        {
            _to = _writer.Free(_written + needed, used: _written);
        }
    }
}
