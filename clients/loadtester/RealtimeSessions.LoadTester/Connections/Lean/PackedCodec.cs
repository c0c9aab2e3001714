using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using RealtimeSessions.MessagePack;
using RealtimeSessions.MessagePack.Reading;
using RealtimeSessions.MessagePack.Writing;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>The hub protocol <c>messagepack</c>. Arguments and results are read as the JSON that they stand for.</summary>
internal sealed class PackedCodec : HubCodec
{
    private const int InvocationType = 1, CompletionType = 3, CloseType = 7;
    private const int ErrorResult = 1, ValueResult = 3;
    private static readonly byte[] PingRecord = MakePing();

    [ThreadStatic]
    private static Transcoding? _transcoding;

    public override ReadOnlySpan<byte> Handshake => "{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8;

    public override int FrameKind => WebSocketFrame.Binary;

    public override ReadOnlySpan<byte> Ping => PingRecord;

    public override bool TryFind(ReadOnlySpan<byte> bytes, int looked, out ReadOnlySpan<byte> record, out int consumed)
    {
        record = default;
        consumed = 0;
        var length = 0L;
        for (var i = 0; i < Math.Min(VarInt.MaximumLength, bytes.Length); i++)
        {
            length |= (long)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                if (length > bytes.Length - i - 1)
                {
                    return false;
                }

                record = bytes.Slice(i + 1, (int)length);
                consumed = i + 1 + (int)length;
                return true;
            }
        }

        return bytes.Length < VarInt.MaximumLength ? false : throw new InvalidDataException("The server sent a record that is too long.");
    }

    public override HubRecord Read(ReadOnlySpan<byte> record)
    {
        var reader = new MessagePackReader(record);
        var items = reader.ReadArray();
        switch (items == 0 ? 0 : reader.ReadInteger())
        {
            case InvocationType:
                reader.Skip(1); // Headers.
                reader.Skip(1); // No id.
                var target = reader.ReadUtf8();
                return new HubRecord { Kind = HubRecordKind.Invocation, Target = target, Payload = reader.ReadArray() == 0 ? default : ToJson(ref reader, 2) };
            case CompletionType:
                reader.Skip(1);
                var id = Utf8Parser.TryParse(reader.ReadUtf8(), out long number, out _) ? number : 0;
                return reader.ReadInteger() switch
                {
                    ErrorResult => new HubRecord { Kind = HubRecordKind.Completion, Id = id, Error = reader.ReadString() },
                    ValueResult => new HubRecord { Kind = HubRecordKind.Completion, Id = id, Payload = ToJson(ref reader, 1) },
                    _ => new HubRecord { Kind = HubRecordKind.Completion, Id = id },
                };
            case CloseType:
                return new HubRecord { Kind = HubRecordKind.Close, Error = items > 1 ? reader.ReadStringOrNil() : null };
            default:
                return new HubRecord { Kind = HubRecordKind.Other };
        }
    }

    public override byte[] Call(long id, string method, ReadOnlySpan<byte> request)
    {
        using var writer = MessagePackWriter.Rent();
        writer.WriteArrayHeader(6);
        writer.WriteInteger(InvocationType);
        writer.WriteMapHeader(0);
        writer.WriteString(id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString(method);
        writer.WriteArrayHeader(1);
        writer.WriteJson(request);
        writer.WriteArrayHeader(0);
        return writer.ToFrame();
    }

    private static ReadOnlySpan<byte> ToJson(scoped ref MessagePackReader reader, int depth)
    {
        var (buffer, json) = (_transcoding ??= Transcoding.Make());
        buffer.ResetWrittenCount();
        json.Reset();
        new JsonTranscoder(json).Write(ref reader, depth);
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static byte[] MakePing()
    {
        using var writer = MessagePackWriter.Rent();
        writer.WriteArrayHeader(1);
        writer.WriteInteger(6);
        return writer.ToFrame();
    }

    private sealed record Transcoding(ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)
    {
        public static Transcoding Make()
        {
            var buffer = new ArrayBufferWriter<byte>();
            return new Transcoding(buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions
            {
                SkipValidation = true,
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }));
        }
    }
}
