using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.MessagePack.Reading;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.MessagePack.Messages;

/// <summary>An argument, an item or a result as the serializer read it, or why it could not.</summary>
/// <param name="Value">What was read.</param>
/// <param name="Failure">Why nothing was; null: it was.</param>
internal readonly record struct BoundValue(object? Value, Exception? Failure)
{
    /// <summary>Reads the value that comes next.</summary>
    /// <param name="reader">Where it begins, and afterwards where it has ended.</param>
    /// <param name="depth">How many containers it is in.</param>
    /// <param name="type">What it is to be.</param>
    /// <param name="options">How the serializer reads it.</param>
    /// <exception cref="InvalidDataException">It is no MessagePack, or too deep.</exception>
    public static BoundValue Read(ref MessagePackReader reader, int depth, Type type, JsonSerializerOptions options)
    {
        using var json = JsonBuffer.Rent();
        var transcoder = new JsonTranscoder(json.Writer);
        transcoder.Write(ref reader, depth);
        if (transcoder.Refusal is { } refusal)
        {
            return new(null, new HubException(Error.InvalidArgument("$", $"holds {refusal}.").ToString()));
        }

        try
        {
            return new(JsonSerializer.Deserialize(json.Written(), type, options), null);
        }
        catch (Exception exception)
        {
            // Whatever a converter throws is the failure of this value only.
            return new(null, exception);
        }
    }
}
