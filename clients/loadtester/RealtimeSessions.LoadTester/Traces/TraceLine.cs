using System.Text;
using System.Text.Json;

namespace RealtimeSessions.LoadTester.Traces;

/// <summary>A line of a trace with a call: <c>{"t": ms, "c": connection, "m": method, "a": {…}}</c>.</summary>
internal static class TraceLine
{
    // The replay gives these itself.
    private static readonly string[] Reserved = ["applicationId", "sessionId", "writerId", "writerSequence"];

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no call; the message says why.</exception>
    public static TraceCall Read(string line)
    {
        var utf8 = Encoding.UTF8.GetBytes(line);
        try
        {
            return Read(utf8);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"is no JSON object of a call: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a line, with its end.</summary>
    public static void Write(Stream to, TraceCall call)
    {
        using (var json = new Utf8JsonWriter(to))
        {
            json.WriteStartObject();
            json.WriteNumber("t"u8, call.At);
            json.WriteNumber("c"u8, call.Connection);
            json.WriteString("m"u8, call.Method);
            json.WritePropertyName("a"u8);
            json.WriteRawValue(call.Arguments.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }

    private static TraceCall Read(byte[] utf8)
    {
        long? at = null;
        int? connection = null;
        string? method = null;
        ReadOnlyMemory<byte>? arguments = null;
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("is no JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "t":
                    at = reader.TokenType == JsonTokenType.Number ? (long)reader.GetDouble() : null;
                    break;
                case "c":
                    connection = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
                    break;
                case "m":
                    method = reader.GetString();
                    break;
                case "a":
                    arguments = ReadArguments(ref reader, utf8);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Read(); // Whatever stands behind the object is an error.
        return new TraceCall(
            at is >= 0 ? at.Value : throw new FormatException("\"t\" must be a time in milliseconds, not negative"),
            connection ?? throw new FormatException("\"c\" must be the number of a connection"),
            TraceMethods.Find(method) ?? throw new FormatException($"\"m\" must be a method that changes a session, and is {(method is null ? "missing" : $"'{method}'")}"),
            arguments ?? throw new FormatException("\"a\" must be an object, the method's request"));
    }

    private static ReadOnlyMemory<byte>? ReadArguments(ref Utf8JsonReader reader, byte[] utf8)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var (start, depth) = ((int)reader.TokenStartIndex, reader.CurrentDepth);
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1 && Reserved.Contains(reader.GetString()))
            {
                throw new FormatException($"\"a\" has \"{reader.GetString()}\", which the replay gives itself");
            }
        }

        return utf8.AsMemory(start, (int)reader.BytesConsumed - start);
    }
}
