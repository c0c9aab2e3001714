using System.Globalization;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Which conversation.</summary>
/// <param name="ConversationId">Its number.</param>
internal readonly record struct ConversationKey(long ConversationId)
{
    /// <summary>The name of its log.</summary>
    public LogId Log => new($"conversation/{this}");

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static ConversationKey Parse(string text) => new(long.Parse(text, CultureInfo.InvariantCulture));

    public override string ToString() => ConversationId.ToString(CultureInfo.InvariantCulture);
}
