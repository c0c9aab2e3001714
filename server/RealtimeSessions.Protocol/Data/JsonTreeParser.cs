using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace RealtimeSessions.Protocol.Data;

/// <summary>Reads <see cref="JsonTree"/> values. One parser serves a thread again and again, for the sake of its buffers.</summary>
internal sealed class JsonTreeParser
{
    /// <summary>Buffers beyond these sizes are not kept for the next value.</summary>
    private const int KeptText = 64 * 1024, KeptMembers = 1024;

    /// <summary>The greatest maximum depth: everything recurses, and the stack must hold it.</summary>
    public const int DeepestMaximum = 1000;

    [ThreadStatic]
    private static JsonTreeParser? _idle;

    /// <summary>The canonical text of the array or escaped string being read.</summary>
    private readonly ArrayBufferWriter<byte> _text = new(256);

    private readonly MemberStack _members = new();
    private int _maximumDepth;

    public static JsonTree Parse(ReadOnlySpan<byte> utf8, int maximumDepth)
    {
        // The reader's own limit lies above ours, so that ours answers first.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DeepestMaximum + 1 });
        var tree = Read(ref reader, maximumDepth);
        try
        {
            reader.Read(); // Refuses what follows the value.
            return tree;
        }
        catch (JsonException refusal)
        {
            throw JsonRefusal.At("$", refusal);
        }
    }

    public static JsonTree Read(ref Utf8JsonReader reader, int maximumDepth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDepth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumDepth, DeepestMaximum);
        var start = reader;
        var parser = _idle ?? new JsonTreeParser();
        _idle = null;
        try
        {
            if (reader.TokenType == JsonTokenType.None)
            {
                Advance(ref reader);
            }

            parser._maximumDepth = reader.CurrentDepth + maximumDepth;
            var tree = parser.ReadValue(ref reader);
            if (parser._text.Capacity <= KeptText && parser._members.Capacity <= KeptMembers)
            {
                _idle = parser;
            }

            return tree;
        }
        catch (JsonException refusal)
        {
            throw JsonRefusal.Located(refusal, start, reader.TokenStartIndex);
        }
    }

    private JsonTree ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            case JsonTokenType.StartArray:
                WriteArray(ref reader);
                return TakeText();
            case JsonTokenType.String when !reader.ValueIsEscaped && !reader.HasValueSequence:
                var text = new byte[reader.ValueSpan.Length + 2];
                text[0] = text[^1] = (byte)'"';
                UnicodeOnly(reader.ValueSpan).CopyTo(text.AsSpan(1));
                return new LeafTree(text);
            case JsonTokenType.String:
                WriteString(ref reader);
                return TakeText();
            case JsonTokenType.Number:
                return new LeafTree(Raw(ref reader).ToArray());
            case JsonTokenType.True:
                return LeafTree.True;
            case JsonTokenType.False:
                return LeafTree.False;
            case JsonTokenType.Null:
                return LeafTree.Null;
            default:
                throw new JsonException("A JSON value was expected.");
        }
    }

    private ObjectTree ReadObject(ref Utf8JsonReader reader)
    {
        Enter(ref reader);
        var (first, weight) = (_members.Count, 0);
        while (Advance(ref reader) != JsonTokenType.EndObject)
        {
            var name = ReadName(ref reader, out var nameWeight);
            Advance(ref reader);
            var value = ReadValue(ref reader);
            weight += ObjectTree.MemberWeight(nameWeight, value);
            _members.Push(new JsonMember(name, value));
        }

        var tree = ObjectTree.FromSorted(_members.Sort(first), weight);
        _members.Pop(first);
        return tree;
    }

    private void WriteArray(ref Utf8JsonReader reader)
    {
        Enter(ref reader);
        _text.Write("["u8);
        for (var next = Advance(ref reader); next != JsonTokenType.EndArray;)
        {
            WriteValue(ref reader);
            next = Advance(ref reader);
            _text.Write(next == JsonTokenType.EndArray ? ""u8 : ","u8);
        }

        _text.Write("]"u8);
    }

    /// <summary>Writes an object inside an array: its members keep their order.</summary>
    private void WriteObject(ref Utf8JsonReader reader)
    {
        Enter(ref reader);
        _text.Write("{"u8);
        var first = _members.Count;
        for (var next = Advance(ref reader); next != JsonTokenType.EndObject;)
        {
            var name = ReadName(ref reader, out var nameWeight);
            _members.Push(new JsonMember(name, LeafTree.Null));
            JsonText.Write(name, _text.GetSpan(nameWeight));
            _text.Advance(nameWeight);
            _text.Write(":"u8);
            Advance(ref reader);
            WriteValue(ref reader);
            next = Advance(ref reader);
            _text.Write(next == JsonTokenType.EndObject ? ""u8 : ","u8);
        }

        _members.Sort(first);
        _members.Pop(first);
        _text.Write("}"u8);
    }

    private void WriteValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader);
                break;
            case JsonTokenType.String:
                WriteString(ref reader);
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                _text.Write(Raw(ref reader));
                break;
            default:
                throw new JsonException("A JSON value was expected.");
        }
    }

    private void WriteString(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            _text.Write("\""u8);
            _text.Write(UnicodeOnly(Raw(ref reader)));
            _text.Write("\""u8);
            return;
        }

        var text = Unescaped(ref reader);
        var weight = JsonText.Weight(text);
        JsonText.Write(text, _text.GetSpan(weight));
        _text.Advance(weight);
    }

    private LeafTree TakeText()
    {
        var leaf = new LeafTree(_text.WrittenSpan.ToArray());
        _text.ResetWrittenCount();
        return leaf;
    }

    private static string ReadName(ref Utf8JsonReader reader, out int weight)
    {
        if (!reader.ValueIsEscaped && !reader.HasValueSequence && NameCache.Get(reader.ValueSpan) is { } known)
        {
            weight = reader.ValueSpan.Length + 2;
            return known;
        }

        var name = Unescaped(ref reader);
        weight = JsonText.Weight(name);
        return name;
    }

    private static string Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException notUnicode)
        {
            throw new JsonException(JsonRefusal.NotUnicode, notUnicode);
        }
    }

    private static ReadOnlySpan<byte> UnicodeOnly(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? text : throw new JsonException(JsonRefusal.NotUnicode);

    private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;

    private void Enter(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth >= _maximumDepth)
        {
            throw new JsonException("The value nests too deep.");
        }
    }

    private static JsonTokenType Advance(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw new JsonException("The JSON text ends within the value.");
}
