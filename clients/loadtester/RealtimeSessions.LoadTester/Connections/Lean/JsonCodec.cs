using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>The hub protocol <c>json</c>.</summary>
internal sealed class JsonCodec : HubCodec
{
    public override ReadOnlySpan<byte> Handshake => "{\"protocol\":\"json\",\"version\":1}\u001e"u8;

    public override int FrameKind => WebSocketFrame.Text;

    public override ReadOnlySpan<byte> Ping => "{\"type\":6}\u001e"u8;

    public override bool TryFind(ReadOnlySpan<byte> bytes, int looked, out ReadOnlySpan<byte> record, out int consumed)
    {
        var end = bytes[looked..].IndexOf(RecordSeparator);
        record = end < 0 ? default : bytes[..(looked + end)];
        consumed = end < 0 ? 0 : looked + end + 1;
        return end >= 0;
    }

    public override HubRecord Read(ReadOnlySpan<byte> record)
    {
        try
        {
            return Read(new Utf8JsonReader(record), record);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The server sent a record that is no message of SignalR.", exception);
        }
    }

    public override byte[] Call(long id, string method, ReadOnlySpan<byte> request)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[""");
        var record = new byte[head.Length + request.Length + 3];
        Encoding.ASCII.GetBytes(head, record);
        request.CopyTo(record.AsSpan(head.Length));
        "]}\u001e"u8.CopyTo(record.AsSpan(head.Length + request.Length));
        return record;
    }

    private static HubRecord Read(Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        var (type, id) = (0, 0L);
        string? error = null;
        ReadOnlySpan<byte> target = default, payload = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isArguments = reader.ValueTextEquals("arguments"u8);
            if (reader.ValueTextEquals("type"u8) && reader.Read())
            {
                type = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("target"u8) && reader.Read())
            {
                target = reader.ValueSpan;
            }
            else if (reader.ValueTextEquals("invocationId"u8) && reader.Read())
            {
                id = Utf8Parser.TryParse(reader.ValueSpan, out long number, out _) ? number : 0;
            }
            else if (reader.ValueTextEquals("error"u8) && reader.Read())
            {
                error = reader.GetString();
            }
            else if ((isArguments || reader.ValueTextEquals("result"u8)) && reader.Read())
            {
                // Of the arguments there is one.
                payload = Slice(ref reader, record);
                payload = isArguments ? payload[1..^1] : payload;
            }
            else
            {
                reader.Skip();
            }
        }

        var kind = type switch { 1 => HubRecordKind.Invocation, 3 => HubRecordKind.Completion, 7 => HubRecordKind.Close, _ => HubRecordKind.Other };
        return new HubRecord { Kind = kind, Target = target, Id = id, Error = error, Payload = payload };
    }

    private static ReadOnlySpan<byte> Slice(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return record[start..(int)reader.BytesConsumed];
    }
}
