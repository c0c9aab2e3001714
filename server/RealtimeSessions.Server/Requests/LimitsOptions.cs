namespace RealtimeSessions.Server.Requests;

/// <summary>What a client may send at most. Section <c>Limits</c>.</summary>
internal sealed class LimitsOptions
{
    /// <summary>A message to the hub, in bytes. A longer one closes the connection that sent it. Default 256 KiB.</summary>
    public int MaximumMessageBytes { get; set; } = 256 * 1024;

    /// <summary>The body of a REST request, in bytes. Default 4 MiB.</summary>
    public int MaximumBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>What a session's data may weigh as JSON, in bytes. Default 4 MiB, which is also the most.</summary>
    public int MaximumDataBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How deep objects and arrays may nest in <c>data</c>. Default 32, at most 60.</summary>
    public int MaximumDepth { get; set; } = 32;

    /// <summary>How many properties a session may have. Default 64.</summary>
    public int MaximumProperties { get; set; } = 64;

    /// <summary>What a property may weigh with its name, in bytes of UTF-8. Default 1 KiB.</summary>
    public int MaximumPropertyBytes { get; set; } = 1024;

    /// <summary>The length of a name (of an application, a role, a session, an event, a conversation, a space, a group) and of a participant's id, in characters. Default 200.</summary>
    public int MaximumNameLength { get; set; } = 200;

    /// <summary>The length of a description, in characters. Default 4,000.</summary>
    public int MaximumDescriptionLength { get; set; } = 4_000;

    /// <summary>The length of a comment, in characters. Default 10,000.</summary>
    public int MaximumCommentLength { get; set; } = 10_000;

    /// <summary>How many participants a session, or a role, may have; and users, or groups, a conversation, and members a group. Default 1,000.</summary>
    public int MaximumParticipants { get; set; } = 1_000;

    /// <summary>How many roles an application may have. Default 100.</summary>
    public int MaximumRoles { get; set; } = 100;

    /// <summary>How many sessions one connection may have joined. Default 100.</summary>
    public int MaximumJoinedSessions { get; set; } = 100;

    /// <summary>How many applications one connection may watch. Default 100.</summary>
    public int MaximumWatchedApplications { get; set; } = 100;

    /// <summary>How many conversations one connection may have joined. Default 100.</summary>
    public int MaximumJoinedConversations { get; set; } = 100;

    /// <summary>How many spaces one connection may watch. Default 100.</summary>
    public int MaximumWatchedSpaces { get; set; } = 100;

    /// <summary>How many calls a second one hub connection may make for long; 0: any number. Default 500.</summary>
    public int CallsPerSecond { get; set; } = 500;

    /// <summary>How many calls it may make at once after a rest. What goes beyond is read more slowly. Default 1,000.</summary>
    public int CallBurst { get; set; } = 1_000;

    /// <summary>How long calls are read more slowly before they are refused. Default 5 s.</summary>
    public TimeSpan CallPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What a connection's state in presence may weigh as JSON, in bytes. Default 1 KiB, at most 8 KiB.</summary>
    public int MaximumPresenceBytes { get; set; } = 1024;

    /// <summary>What the data of a signal may weigh as JSON, in bytes. Default 4 KiB, at most 8 KiB.</summary>
    public int MaximumSignalBytes { get; set; } = 4 * 1024;

    /// <summary>How many signals a second one connection may send for long; 0: any number. Default 50.</summary>
    public int SignalsPerSecond { get; set; } = 50;

    /// <summary>How many signals it may send at once after a rest. What goes beyond is refused. Default 100.</summary>
    public int SignalBurst { get; set; } = 100;
}
