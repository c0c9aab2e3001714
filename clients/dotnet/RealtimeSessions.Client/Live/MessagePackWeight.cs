using System.Text.Json;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Live;

/// <summary>What a change weighs at most in MessagePack: a short fraction takes more there than as text.</summary>
internal static class MessagePackWeight
{
    private const int Number = 9;

    /// <summary>An upper bound, in bytes.</summary>
    public static int Of(QueuedChange change) => change.Weight + (change.Content is null ? 0 : Excess(change.Content));

    /// <summary>By how much the numbers may be longer than their text.</summary>
    private static int Excess(JsonTree content)
    {
        var reader = new Utf8JsonReader(content.ToUtf8Bytes(), new JsonReaderOptions { MaxDepth = 64 });
        var excess = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && reader.ValueSpan.ContainsAny(".eE"u8))
            {
                excess += Math.Max(0, Number - reader.ValueSpan.Length);
            }
        }

        return excess;
    }
}
