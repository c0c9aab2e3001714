using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Conversations.Inputs;

/// <summary>
/// A conversation as it is asked for: to be made, or, where it is there, to be changed; what is null stays as it is. Members that a client
/// cannot choose are taken, so that what was read can be sent back, and mean nothing.
/// </summary>
internal sealed record ConversationInput : IResourceInput
{
    /// <summary>1 to 200 characters. Must be given where a conversation is made.</summary>
    public string? Name { get; init; }

    /// <summary>At most 4,000 characters. Default: empty.</summary>
    public string? Details { get; init; }

    /// <summary>The space it is made in. Default: none. It cannot be changed.</summary>
    public long? SpaceId { get; init; }

    /// <summary>The users listed, all of them. Default: none.</summary>
    public IReadOnlyList<UserEntry>? Participants { get; init; }

    /// <summary>The groups listed, all of them. Default: none.</summary>
    public IReadOnlyList<GroupEntry>? Groups { get; init; }

    /// <summary>Default: group.</summary>
    public Stakeholder? Stakeholder { get; init; }

    /// <summary>Default: viewer.</summary>
    public ConversationRole? DefaultRole { get; init; }

    /// <summary>The first comment, 1 to 10,000 characters; only where a conversation is made. Default: none.</summary>
    public string? InitialComment { get; init; }

    /// <summary>What it is linked with, all of it; an empty list removes what is there. Default: none.</summary>
    public IReadOnlyList<ExternalObjectInput>? ExternalObjects { get; init; }

    /// <summary>The same, where it is one.</summary>
    public ExternalObjectInput? ExternalObject { get; init; }

    /// <summary>Means nothing.</summary>
    public long? Id { get; init; }

    /// <summary>Means nothing.</summary>
    public string? Href { get; init; }

    /// <summary>Means nothing.</summary>
    public long? CreatorId { get; init; }

    /// <summary>Means nothing.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Means nothing.</summary>
    public long? CreatedAt { get; init; }

    /// <summary>Means nothing.</summary>
    public long? UpdatedAt { get; init; }
}

/// <summary>Something to link a conversation with.</summary>
/// <param name="Id">Its id there, 1 to 200 characters; <c>session:{applicationId}/{sessionId}</c>: a session of this hub that the caller may read.</param>
internal sealed record ExternalObjectInput(string Id)
{
    /// <summary>What it is called, 1 to 200 characters. Default: for a session its name, otherwise the id.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is, an absolute URL of http or https of at most 2,000 characters. Default: for a session its address, otherwise none.</summary>
    public string? Url { get; init; }
}

/// <summary>What stands in a list of a request's body.</summary>
internal interface IResourceInput;
