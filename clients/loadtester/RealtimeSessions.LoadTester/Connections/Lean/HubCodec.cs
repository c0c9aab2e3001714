using RealtimeSessions.Client;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>A hub protocol of SignalR. Thread-safe; one serves all connections.</summary>
internal abstract class HubCodec
{
    /// <summary>What ends a record of text.</summary>
    protected const byte RecordSeparator = 0x1E;

    /// <summary>The codec of a protocol.</summary>
    public static HubCodec Of(RealtimeProtocol protocol) => protocol == RealtimeProtocol.Json ? new JsonCodec() : new PackedCodec();

    /// <summary>The first record of a connection, which is text in every protocol.</summary>
    public abstract ReadOnlySpan<byte> Handshake { get; }

    /// <summary>The opcode of its frames.</summary>
    public abstract int FrameKind { get; }

    /// <summary>The record that says that the connection lives.</summary>
    public abstract ReadOnlySpan<byte> Ping { get; }

    /// <summary>Finds the first record.</summary>
    /// <param name="bytes">What there is.</param>
    /// <param name="looked">How much of it was found to hold no whole record before.</param>
    /// <param name="record">The record, without what marks its end.</param>
    /// <param name="consumed">Its length with that.</param>
    /// <returns>False if none is there in full.</returns>
    public abstract bool TryFind(ReadOnlySpan<byte> bytes, int looked, out ReadOnlySpan<byte> record, out int consumed);

    /// <summary>Reads a record. Its spans end with the next one that this thread reads.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public abstract HubRecord Read(ReadOnlySpan<byte> record);

    /// <summary>Makes the record of a call.</summary>
    /// <param name="id">Its number, which comes back with the answer.</param>
    /// <param name="method">The hub's method.</param>
    /// <param name="request">Its one argument, JSON.</param>
    public abstract byte[] Call(long id, string method, ReadOnlySpan<byte> request);
}
