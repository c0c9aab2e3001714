using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol;

/// <summary>A user or a group.</summary>
/// <param name="Id">The user's id (the token's subject) or the group's name, 1 to 200 characters.</param>
public sealed record Participant(string Id)
{
    /// <summary>Which of the two. Default: user.</summary>
    [JsonConverter(typeof(OptionalEnumConverter<ParticipantType>))]
    public ParticipantType Type { get; init; }

    /// <summary>In a session: the role of the application whose <c>:participant</c> permissions hold for him there, or null.</summary>
    public string? Role { get; init; }

    /// <summary>Whether two entries are about the same user or group, whatever their roles.</summary>
    public bool IsSameAs(Participant other) => Type == other.Type && Id == other.Id;
}

/// <summary>The type of a participant.</summary>
[JsonConverter(typeof(WireEnumConverter<ParticipantType>))]
public enum ParticipantType
{
    /// <summary>A user.</summary>
    [JsonStringEnumMemberName("user")]
    User,

    /// <summary>A group.</summary>
    [JsonStringEnumMemberName("group")]
    Group,
}
