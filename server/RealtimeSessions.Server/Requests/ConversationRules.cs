using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Requests;

/// <summary>What requests about conversations and spaces must hold, and what their single values must be, wherever they stand.</summary>
internal sealed class ConversationRules(IOptions<LimitsOptions> options)
{
    private const long MaximumId = 1L << 53;

    private readonly LimitsOptions _limits = options.Value;

    public Error? Check(ConversationRequest request) => Id("$.conversationId", request.ConversationId) ?? request switch
    {
        JoinConversationRequest join => ValueRules.Since(join.Since),
        CreateCommentRequest create => Comment("$.content", create.Content) ?? Priority("$.priority", create.Priority) ?? SessionRules.Writer(create),
        ListCommentsRequest list => ValueRules.Sequence("$.before", list.Before, first: 1) ?? ValueRules.Page("$.limit", list.Limit),
        _ => null,
    };

    public static Error? Check(SpaceRequest request) =>
        Id("$.spaceId", request.SpaceId) ?? (request is WatchSpaceRequest watch ? ValueRules.Since(watch.Since) : null);

    /// <summary>The number of a conversation, a comment, a space, a group or a user.</summary>
    public static Error? Id(string path, long? id) =>
        id is null or (>= 1 and <= MaximumId) ? null : Error.InvalidArgument(path, "must be 1 or more, and at most 2^53.");

    public Error? Comment(string path, string? content) =>
        content is null || (content.Length >= 1 && content.Length <= _limits.MaximumCommentLength)
            ? null
            : Error.InvalidArgument(path, $"must be 1 to {_limits.MaximumCommentLength} characters.");

    public static Error? Priority(string path, CommentPriority? priority) => Number(path, (int?)priority, 0, 1);

    public static Error? Role(string path, ConversationRole? role) => Number(path, (int?)role, 1, 3);

    public static Error? Stakeholder(string path, Stakeholder? stakeholder) => Number(path, (int?)stakeholder, 0, 2);

    /// <summary>A whole number of few; the serializer lets others pass as values of an enumeration.</summary>
    public static Error? Number(string path, int? number, int least, int most) =>
        number is null || (number >= least && number <= most) ? null : Error.InvalidArgument(path, $"must be {least} to {most}.");

    public Error? Users(string path, IReadOnlyList<UserEntry>? users) =>
        Each(path, users, _limits.MaximumParticipants, (at, user) => Id($"{at}.user_id", user.UserId) ?? Role($"{at}.role", user.Role));

    public Error? Groups(string path, IReadOnlyList<GroupEntry>? groups) =>
        Each(path, groups, _limits.MaximumParticipants, (at, group) => Id($"{at}.group_id", group.GroupId) ?? Role($"{at}.role", group.Role));

    /// <summary>The members of a group.</summary>
    public Error? UserIds(string path, IReadOnlyList<long>? ids) =>
        TooMany(path, ids, _limits.MaximumParticipants) ?? First(ids?.Select((id, i) => Id($"{path}[{i}]", id)));

    /// <summary>The objects of a list: not too many of them, each is there, and is right.</summary>
    /// <param name="path">Where the list stands.</param>
    /// <param name="items">The list, if one is given.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="check">What is wrong with one, by its path; null: nothing.</param>
    public static Error? Each<T>(string path, IReadOnlyList<T>? items, int most, Func<string, T, Error?> check)
        where T : class =>
        TooMany(path, items, most)

        // The serializer lets a null pass as an element, whatever the element's type says.
        ?? First(items?.Select((item, i) => (T?)item is null ? Error.InvalidArgument($"{path}[{i}]", "must be an object.") : check($"{path}[{i}]", item)));

    private static Error? TooMany<T>(string path, IReadOnlyList<T>? items, int most) =>
        items?.Count > most ? Error.InvalidArgument(path, $"must be at most {most}.") : null;

    private static Error? First(IEnumerable<Error?>? errors) => errors?.FirstOrDefault(error => error is not null);
}
