using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>Makes the frames of one hub protocol; frames may follow each other in one write.</summary>
internal abstract class FrameEncoder
{
    /// <summary>The hub protocol's name.</summary>
    public abstract string Protocol { get; }

    /// <summary>The frame of a callback.</summary>
    /// <param name="callback">The callback, for example <c>SessionReset</c>.</param>
    /// <param name="argument">Its one argument, JSON.</param>
    public abstract byte[] Encode(string callback, ReadOnlySpan<byte> argument);

    /// <summary>The frame of a callback.</summary>
    /// <param name="callback">The callback, for example <c>SessionReset</c>.</param>
    /// <param name="argument">Its one argument.</param>
    /// <param name="type">The argument's form.</param>
    public byte[] Encode<T>(string callback, T argument, JsonTypeInfo<T> type) =>
        Encode(callback, JsonSerializer.SerializeToUtf8Bytes(argument, type));

    /// <summary>The frame of a session's event, which is made far more often than any other.</summary>
    /// <param name="callback">The callback, for example <c>SessionDataUpdated</c>.</param>
    /// <param name="key">The session.</param>
    /// <param name="next">The event: its stored form, with what the log knows added behind it.</param>
    public abstract byte[] Encode(string callback, SessionKey key, LogEvent next);

    /// <summary>The frame after which the client closes the connection; it may connect again.</summary>
    /// <param name="reason">Why, in ASCII without quotation marks.</param>
    public abstract byte[] Close(string reason);
}
