using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>What a pump does next: write a message or a reset, read the log after a position, or end.</summary>
internal readonly record struct PumpStep
{
    /// <summary>Nothing is to be done any more.</summary>
    public bool IsDone { get; private init; }

    /// <summary>The message is the last one: the member has left.</summary>
    public bool IsLast { get; private init; }

    /// <summary>With the last message the connection ends.</summary>
    public bool EndsConnection { get; private init; }

    public FrameMessage? Message { get; private init; }

    /// <summary>How many events the message holds.</summary>
    public int Events { get; private init; }

    public ChannelReset? Reset { get; private init; }

    public Position? ReadAfter { get; private init; }

    public static PumpStep Done { get; } = new() { IsDone = true };

    public static PumpStep Write(Batch batch) => new() { Message = batch.Message, Events = batch.Events };

    public static PumpStep Write(ChannelReset reset) => new() { Reset = reset };

    public static PumpStep Read(Position after) => new() { ReadAfter = after };

    public static PumpStep Quit(FrameMessage message, bool endsConnection) =>
        new() { IsLast = true, EndsConnection = endsConnection, Message = message };
}
