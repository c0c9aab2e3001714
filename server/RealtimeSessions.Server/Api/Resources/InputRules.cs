using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>What the objects in the bodies of requests about conversations must hold. Members that a client cannot choose mean nothing, so they may be anything of
/// their shape.</summary>
internal sealed class InputRules(ValueRules values, ConversationRules rules, IOptions<LimitsOptions> limits)
{
    private const int MaximumObjects = 20;
    private const int MaximumObjectId = 200;
    private const int MaximumUrl = 2_000;

    /// <summary>A conversation to be made.</summary>
    public Error? NewConversation(string path, ConversationInput input) => Needed($"{path}.name", input.Name) ?? Conversation(path, input);

    /// <summary>A conversation to be made or changed.</summary>
    public Error? Conversation(string path, ConversationInput input) =>
        values.Name($"{path}.name", input.Name)
        ?? values.Description($"{path}.details", input.Details)
        ?? ConversationRules.Id($"{path}.space_id", input.SpaceId)
        ?? rules.Users($"{path}.participants", input.Participants)
        ?? rules.Groups($"{path}.groups", input.Groups)
        ?? ConversationRules.Stakeholder($"{path}.stakeholder", input.Stakeholder)
        ?? ConversationRules.Role($"{path}.default_role", input.DefaultRole)
        ?? rules.Comment($"{path}.initial_comment", input.InitialComment)
        ?? ConversationRules.Each($"{path}.external_objects", input.ExternalObjects, MaximumObjects, ExternalObject)
        ?? SingleObject($"{path}.external_object", input)
        ?? ValueRules.Texts($"{path}.tags", input.Tags, int.MaxValue);

    /// <summary>A comment to be made.</summary>
    public Error? NewComment(string path, CommentInput input) =>
        Needed($"{path}.content", input.Content)
        ?? Needed($"{path}.resource_id", input.ResourceId)
        ?? rules.Comment($"{path}.content", input.Content)
        ?? ConversationRules.Priority($"{path}.priority", input.Priority)
        ?? ResourceType($"{path}.resource_type", input.ResourceType)
        ?? ConversationRules.Id($"{path}.resource_id", input.ResourceId)
        ?? ConversationRules.Each($"{path}.mentions", input.Mentions, int.MaxValue, (_, _) => null);

    /// <summary>A space to be made.</summary>
    public Error? NewSpace(string path, SpaceInput input) => Needed($"{path}.name", input.Name) ?? Space(path, input);

    /// <summary>A space to be made or changed.</summary>
    public Error? Space(string path, SpaceInput input) =>
        values.Name($"{path}.name", input.Name)
        ?? values.Description($"{path}.details", input.Details)
        ?? ConversationRules.Each($"{path}.participants", input.Participants, limits.Value.MaximumParticipants, SpaceParticipant);

    /// <summary>A user to become a member of a space.</summary>
    public Error? SpaceParticipant(string path, SpaceParticipantInput input) =>
        (input.UserId is null == input.Email is null ? Error.InvalidArgument(path, "must have user_id or email, one of them.") : null)
        ?? ConversationRules.Id($"{path}.user_id", input.UserId)
        ?? values.Name($"{path}.email", input.Email)
        ?? ConversationRules.Number($"{path}.role", (int?)input.Role, 1, 2);

    /// <summary>A group to be made.</summary>
    public Error? NewGroup(string path, GroupInput input) =>
        Needed($"{path}.name", input.Name) ?? Needed($"{path}.space_id", input.SpaceId) ?? Group(path, input);

    /// <summary>A group to be made or changed.</summary>
    public Error? Group(string path, GroupInput input) =>
        values.Name($"{path}.name", input.Name)
        ?? ConversationRules.Id($"{path}.space_id", input.SpaceId)
        ?? rules.UserIds($"{path}.user_ids", input.UserIds);

    /// <summary>What a comment is about.</summary>
    public static Error? ResourceType(string path, string? type) =>
        type is null or CommentResource.OfConversation ? null : Error.InvalidArgument(path, $"must be {CommentResource.OfConversation}.");

    /// <summary>The id of what a conversation is linked with.</summary>
    public static Error? ObjectId(string path, string? id) =>
        id is null or { Length: >= 1 and <= MaximumObjectId } ? null : Error.InvalidArgument(path, $"must be 1 to {MaximumObjectId} characters.");

    private Error? ExternalObject(string path, ExternalObjectInput input) =>
        ObjectId($"{path}.id", input.Id) ?? values.Name($"{path}.name", input.Name) ?? Url($"{path}.url", input.Url);

    private Error? SingleObject(string path, ConversationInput input) =>
        input.ExternalObject is null ? null
        : input.ExternalObjects is not null ? Error.InvalidArgument(path, "cannot be together with external_objects.")
        : ExternalObject(path, input.ExternalObject);

    private static Error? Url(string path, string? url) =>
        url is null || (url.Length <= MaximumUrl && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? null
            : Error.InvalidArgument(path, $"must be an absolute URL of http or https, of at most {MaximumUrl} characters.");

    private static Error? Needed(string path, object? value) => value is null ? Error.InvalidArgument(path, "is missing.") : null;
}
