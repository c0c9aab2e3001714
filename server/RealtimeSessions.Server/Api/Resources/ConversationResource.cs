using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>Conversations.</summary>
/// <param name="Conversations">The conversations.</param>
internal sealed record ConversationList(IReadOnlyList<ConversationResource> Conversations)
{
    public static ConversationList Of(IEnumerable<Conversation> conversations, ApiCall call) =>
        new([.. conversations.Select(conversation => ConversationResource.Of(conversation, call))]);
}

/// <summary>A conversation as it is shown.</summary>
internal sealed record ConversationResource
{
    /// <summary>Its number, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its address.</summary>
    public required string Href { get; init; }

    /// <summary>At most 4,000 characters; may be empty.</summary>
    public required string Details { get; init; }

    /// <summary>The space it is in; absent: none.</summary>
    public long? SpaceId { get; init; }

    /// <summary>The user who made it.</summary>
    public required long CreatorId { get; init; }

    /// <summary>The users listed.</summary>
    public required IReadOnlyList<UserEntry> Participants { get; init; }

    /// <summary>The groups listed.</summary>
    public required IReadOnlyList<GroupEntry> Groups { get; init; }

    /// <summary>Whom it is for: 0 just who made it, 1 the users and groups listed, 2 every member of the space.</summary>
    public required Stakeholder Stakeholder { get; init; }

    /// <summary>The role of those who have none by an entry: 1 editor, 2 viewer, 3 collaboration complete.</summary>
    public required ConversationRole DefaultRole { get; init; }

    /// <summary>The hashtags of its name, details and comments, without their sign.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>What it is linked with.</summary>
    public required IReadOnlyList<ExternalObject> ExternalObjects { get; init; }

    /// <summary>When it was made, in Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it was last changed, comments aside, in Unix milliseconds.</summary>
    public required long UpdatedAt { get; init; }

    public static ConversationResource Of(Conversation conversation, ApiCall call) => new()
    {
        Id = conversation.ConversationId,
        Name = conversation.Name,
        Href = call.AddressOf(Addresses.Conversation(conversation.ConversationId)),
        Details = conversation.Details,
        SpaceId = conversation.SpaceId,
        CreatorId = conversation.CreatorId,
        Participants = conversation.Participants,
        Groups = conversation.Groups,
        Stakeholder = conversation.Stakeholder,
        DefaultRole = conversation.DefaultRole,
        Tags = conversation.Tags,
        ExternalObjects = [.. conversation.ExternalObjects.Select(linked => linked with { Url = linked.Url ?? AddressOf(linked, call) })],
        CreatedAt = conversation.CreatedAt.ToUnixTimeMilliseconds(),
        UpdatedAt = conversation.UpdatedAt.ToUnixTimeMilliseconds(),
    };

    /// <summary>The address of a session of this hub; null: it is something else.</summary>
    private static string? AddressOf(ExternalObject linked, ApiCall call) =>
        ExternalObjectResolver.SessionOf(linked.Id) is { } session ? call.AddressOf(Addresses.Session(session.ApplicationId, session.SessionId)) : null;
}
