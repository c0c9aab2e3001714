using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>An own patch or event of a session.</summary>
/// <param name="name">The event's name; null: it is a patch of the data.</param>
/// <param name="content">The patch, or the event's data, if it has any.</param>
/// <param name="madeAt">When it was made.</param>
internal sealed class Change(string? name, JsonTree? content, DateTimeOffset madeAt)
    : QueuedChange(content, (content?.Weight ?? 0) + (name is null ? 0 : JsonTree.From(name).Weight), madeAt)
{
    public string? Name => name;

    /// <summary>The patch; null: it is an event.</summary>
    public JsonTree? Patch => name is null ? Content : null;

    /// <summary>The event that it has become, once it is acknowledged.</summary>
    /// <param name="key">The session.</param>
    /// <param name="userId">Who has made it.</param>
    /// <param name="version">The session's version then.</param>
    public SessionEvent AsEvent(SessionKey key, string userId, int version)
    {
        SessionEvent made = name is null ? new SessionDataUpdated { Data = Content! } : new SessionEventCreated { Name = name, Data = Content };
        return made with
        {
            ApplicationId = key.ApplicationId,
            SessionId = key.SessionId,
            Sequence = Ack!.Position.Sequence,
            EventId = Ack.EventId ?? Guid.Empty,
            CreatedAt = Ack.CreatedAt ?? MadeAt,
            Source = EventSource.Hub,
            UserId = userId,
            Timestamp = MadeAt,
            Version = version,
            WriterId = WriterId,
            WriterSequence = WriterSequence,
        };
    }
}
