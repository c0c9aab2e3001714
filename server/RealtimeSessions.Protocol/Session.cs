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
