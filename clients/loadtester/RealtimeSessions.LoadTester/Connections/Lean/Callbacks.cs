using System.IO.Hashing;
using System.Text.Json;
using RealtimeSessions.LoadTester.Checks;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>Reads what the checks need of callbacks and answers, and passes over the rest.</summary>
internal static class Callbacks
{
    /// <summary>The hash of an event's id or a writer's.</summary>
    public static ulong Hash(ReadOnlySpan<byte> id) => XxHash3.HashToUInt64(id);

    /// <summary>Reads an event.</summary>
    /// <param name="payload">The callback's argument.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static EventView ReadEvent(ReadOnlySpan<byte> payload)
    {
        var (sequence, id, content, kind) = (0L, 0UL, 0L, EventKind.Other);
        var (writer, number, isEdit) = (0UL, 0L, false);
        ReadOnlySpan<byte> data = default;
        var reader = Begin(payload);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sequence"u8) && reader.Read())
            {
                sequence = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("eventId"u8) && reader.Read())
            {
                id = Hash(reader.ValueSpan);
            }
            else if (reader.ValueTextEquals("eventType"u8) && reader.Read())
            {
                kind = reader.ValueTextEquals("session_data_updated"u8) ? EventKind.Patch : EventKind.Other;
            }
            else if (reader.ValueTextEquals("writerId"u8) && reader.Read())
            {
                writer = Hash(reader.ValueSpan);
            }
            else if (reader.ValueTextEquals("writerSequence"u8) && reader.Read())
            {
                number = reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : 0;
            }
            else if (reader.ValueTextEquals("name"u8) && reader.Read())
            {
                isEdit = reader.ValueTextEquals("edit"u8);
                content = Add(content, reader.ValueSpan);
            }
            else if (reader.ValueTextEquals("data"u8) && reader.Read())
            {
                data = Slice(ref reader, payload);
                content = Add(content, data);
            }
            else if ((reader.ValueTextEquals("session"u8) || reader.ValueTextEquals("participant"u8)) && reader.Read())
            {
                content = Add(content, Slice(ref reader, payload));
            }
            else
            {
                reader.Skip();
            }
        }

        return new EventView
        {
            Sequence = sequence,
            Id = id,
            Content = id ^ (ulong)content,
            Call = new CallKey(writer, number),
            Kind = isEdit ? EventKind.Edit : kind,
            Data = data,
        };
    }

    /// <summary>Reads <c>SessionReset</c>, or the answer to a join.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static StateView ReadState(ReadOnlySpan<byte> payload)
    {
        var (epoch, sequence, recovered) = ("", 0L, false);
        ReadOnlySpan<byte> data = default;
        var reader = Begin(payload);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("position"u8) && reader.Read())
            {
                (epoch, sequence) = ReadPosition(Slice(ref reader, payload));
            }
            else if (reader.ValueTextEquals("data"u8) && reader.Read())
            {
                data = Slice(ref reader, payload);
            }
            else if (reader.ValueTextEquals("recovered"u8) && reader.Read())
            {
                recovered = reader.TokenType == JsonTokenType.True;
            }
            else
            {
                reader.Skip();
            }
        }

        return new StateView { Epoch = epoch, Sequence = sequence, IsRecovered = recovered, Data = data };
    }

    /// <summary>Reads the answer to a change.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static AckView ReadAck(ReadOnlySpan<byte> payload)
    {
        var (sequence, count, id, isDuplicate) = (0L, 0L, 0UL, false);
        var reader = Begin(payload);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("position"u8) && reader.Read())
            {
                (_, sequence) = ReadPosition(Slice(ref reader, payload));
            }
            else if (reader.ValueTextEquals("count"u8) && reader.Read())
            {
                count = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("eventId"u8) && reader.Read())
            {
                id = Hash(reader.ValueSpan);
            }
            else if (reader.ValueTextEquals("duplicate"u8) && reader.Read())
            {
                isDuplicate = reader.TokenType == JsonTokenType.True;
            }
            else
            {
                reader.Skip();
            }
        }

        return new AckView(sequence, count, id, isDuplicate);
    }

    private static (string Epoch, long Sequence) ReadPosition(ReadOnlySpan<byte> position)
    {
        var (epoch, sequence) = ("", 0L);
        var reader = Begin(position);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("epoch"u8) && reader.Read())
            {
                epoch = reader.GetString()!;
            }
            else if (reader.ValueTextEquals("sequence"u8) && reader.Read())
            {
                sequence = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return (epoch, sequence);
    }

    private static Utf8JsonReader Begin(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject
            ? reader
            : throw new InvalidDataException("The server sent something else than an object.");
    }

    private static long Add(long hash, ReadOnlySpan<byte> bytes) => (long)XxHash3.HashToUInt64(bytes, hash);

    private static ReadOnlySpan<byte> Slice(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> payload)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return payload[start..(int)reader.BytesConsumed];
    }
}

/// <summary>A state of a session, or where a join begins.</summary>
internal readonly ref struct StateView
{
    public required string Epoch { get; init; }

    public required long Sequence { get; init; }

    /// <summary>Of a join: whether it goes on where it was.</summary>
    public required bool IsRecovered { get; init; }

    /// <summary>Of a state: the data.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }
}

/// <summary>The answer to a change.</summary>
/// <param name="Sequence">The place of the last event that it made.</param>
/// <param name="Count">How many it made.</param>
/// <param name="Id">The hash of the last one's id.</param>
/// <param name="IsDuplicate">Whether it had been made before.</param>
internal readonly record struct AckView(long Sequence, long Count, ulong Id, bool IsDuplicate);
