using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace RealtimeSessions.MessagePack.Reading;

/// <summary>
/// Writes MessagePack as JSON. A binary becomes text in base64, a timestamp text in ISO 8601. A value that JSON has no form for is passed over:
/// the rest is still read, and it is said what it was. A member that appears twice appears twice.
/// </summary>
/// <param name="json">Where to. It need not check anything.</param>
internal ref struct JsonTranscoder(Utf8JsonWriter json)
{
    /// <summary>The longest text of a timestamp: nine digits of a fraction.</summary>
    private const int TimestampLength = 30;

    /// <summary>What JSON has no form for, the first of it; null: nothing.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Writes a value.</summary>
    /// <param name="reader">Where it begins, and afterwards where it has ended.</param>
    /// <param name="depth">How many containers it is in.</param>
    /// <exception cref="InvalidDataException">It is no MessagePack, or too deep.</exception>
    public void Write(ref MessagePackReader reader, int depth)
    {
        var token = reader.Read();
        switch (token.Kind)
        {
            case TokenKind.Nil:
                json.WriteNullValue();
                break;
            case TokenKind.False or TokenKind.True:
                json.WriteBooleanValue(token.Kind == TokenKind.True);
                break;
            case TokenKind.Integer:
                json.WriteNumberValue(token.Number);
                break;
            case TokenKind.LargeInteger:
                json.WriteNumberValue((ulong)token.Number);
                break;
            case TokenKind.Float32:
                WriteFloat(BitConverter.Int32BitsToSingle((int)token.Number));
                break;
            case TokenKind.Float64:
                WriteFloat(BitConverter.Int64BitsToDouble(token.Number));
                break;
            case TokenKind.String when IsUnicode(token.Bytes):
                json.WriteStringValue(token.Bytes);
                break;
            case TokenKind.Binary:
                json.WriteBase64StringValue(token.Bytes);
                break;
            case TokenKind.Extension:
                WriteTimestamp(token);
                break;
            case TokenKind.Array:
                WriteArray(ref reader, (int)token.Number, depth);
                break;
            case TokenKind.Map:
                WriteMap(ref reader, (int)token.Number, depth);
                break;
        }
    }

    private void WriteArray(ref MessagePackReader reader, int count, int depth)
    {
        MessagePackReader.ThrowIfTooDeep(depth);
        json.WriteStartArray();
        for (; count > 0; count--)
        {
            Write(ref reader, depth + 1);
        }

        json.WriteEndArray();
    }

    private void WriteMap(ref MessagePackReader reader, int count, int depth)
    {
        MessagePackReader.ThrowIfTooDeep(depth);
        json.WriteStartObject();
        for (; count > 0; count--)
        {
            var start = reader;
            var key = reader.Read();
            if (key.Kind != TokenKind.String)
            {
                Refuse("a member whose name is no text");
                reader = start;
                reader.Skip(depth + 1);
            }
            else if (IsUnicode(key.Bytes))
            {
                json.WritePropertyName(key.Bytes);
            }

            Write(ref reader, depth + 1);
        }

        json.WriteEndObject();
    }

    private void WriteFloat(float value)
    {
        if (IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
    }

    private void WriteFloat(double value)
    {
        if (IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
    }

    private void WriteTimestamp(Token token)
    {
        if (token.Number != Timestamp.ExtensionType)
        {
            Refuse($"an extension of the type {token.Number}");
        }
        else if (!Timestamp.TryRead(token.Bytes, out var time, out var nanoseconds))
        {
            Refuse("a timestamp that is none, or not between the years 1 and 9999");
        }
        else
        {
            Span<char> text = stackalloc char[TimestampLength];
            text.TryWrite(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss}.{nanoseconds:D9}", out var length);
            text = text[..length].TrimEnd('0').TrimEnd('.');
            json.WriteStringValue($"{text}Z");
        }
    }

    private bool IsFinite(double value) => double.IsFinite(value) || Refuse("a number that is not finite");

    private bool IsUnicode(ReadOnlySpan<byte> text) => Utf8.IsValid(text) || Refuse("text that is not Unicode");

    private bool Refuse(string what)
    {
        Refusal ??= what;
        return false;
    }
}
