using System.Text.Json;

namespace RealtimeSessions.Protocol.Data;

/// <summary>A JSON text was refused. <see cref="JsonException.Path"/> tells where, from the value that was read.</summary>
public sealed class JsonTreeException : JsonException
{
    internal JsonTreeException(string reason, string path, JsonException refusal)
        : base($"{reason} Path: {path}.", path, refusal.LineNumber, refusal.BytePositionInLine, refusal) =>
        Reason = reason;

    /// <summary>Why, in one sentence, without the path.</summary>
    public string Reason { get; }
}
