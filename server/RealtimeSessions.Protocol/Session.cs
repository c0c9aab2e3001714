using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol;

/// <summary>A session without its data.</summary>
public record Session
{
    /// <summary>The application it belongs to.</summary>
    public required string ApplicationId { get; init; }

    /// <summary><c>[A-Za-z0-9_-]{1,64}</c>, unique within the application.</summary>
    public required string SessionId { get; init; }

    /// <summary>Open or closed.</summary>
    public SessionStatus Status { get; init; }

    /// <summary>Whether it was made in a draft version of the application.</summary>
    public bool IsDraft { get; init; }

    /// <summary>The version of the application it was made in.</summary>
    public int Version { get; init; }

    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>At most 4,000 characters; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who takes part: the creator and whoever was added.</summary>
    public required IReadOnlyList<Participant> Participants { get; init; }

    /// <summary>The user who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The user who last changed it (its data and custom events aside).</summary>
    public required string ModifiedBy { get; init; }

    /// <summary>When it was last changed (its data and custom events aside).</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Texts to filter by: at most 64, each of 1 KiB with its name.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The session after an event of it. Its data, custom events and its deletion change nothing here.</summary>
    /// <param name="change">The event.</param>
    /// <param name="createdAt">When it was made, by the server's clock.</param>
    public Session After(SessionEvent change, DateTimeOffset createdAt) => change switch
    {
        SessionCreated created => created.Session,
        SessionDataUpdated or SessionEventCreated => this,
        _ => Changed(change) with { ModifiedBy = change.UserId, ModifiedAt = createdAt },
    };

    private Session Changed(SessionEvent change) => change switch
    {
        SessionUpdated { Session: var text } => this with { Name = text.Name ?? Name, Description = text.Description ?? Description },
        SessionPropertiesUpdated { Session.Properties: var properties } => this with { Properties = properties },
        SessionParticipantAdded { Participant: var added } => this with { Participants = With(added) },
        SessionParticipantRemoved { Participant: var removed } => this with { Participants = [.. Participants.Where(one => !one.IsSameAs(removed))] },
        SessionClosed closed => this with { Status = closed.Session.Status },
        SessionDeleted => this,
        _ => throw new InvalidOperationException($"A session's log holds an event of the type {change.GetType().Name}."),
    };

    /// <summary>The participants with one added, in the place of an entry for the same one if there is any.</summary>
    private IReadOnlyList<Participant> With(Participant added) => Participants.Any(added.IsSameAs)
        ? [.. Participants.Select(one => one.IsSameAs(added) ? added : one)]
        : [.. Participants, added];
}

/// <summary>A session's status.</summary>
[JsonConverter(typeof(WireEnumConverter<SessionStatus>))]
public enum SessionStatus
{
    /// <summary>It takes changes.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>It can be read, and takes no more changes.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}
