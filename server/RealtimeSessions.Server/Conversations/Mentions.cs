using System.Globalization;
using System.Text.RegularExpressions;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Mentions in texts: <c>@user:14</c>, <c>@user:bob@example.com</c>, <c>@group:11</c>.</summary>
internal static partial class Mentions
{
    /// <summary>How many a comment may hold.</summary>
    public const int Maximum = 50;

    /// <summary>Those in a text, each once, as they come.</summary>
    public static IReadOnlyList<WrittenMention> In(string text) =>
    [
        .. Form().Matches(text).Select(match => match.Groups["email"] is { Success: true } email
            ? new WrittenMention(match.Value) { Email = email.Value }
            : new WrittenMention(match.Value) { Mention = Numbered(match.Groups["kind"].Value, match.Groups["id"].Value) })
            .DistinctBy(mention => mention.Text),
    ];

    /// <summary>Why a mention cannot be made, or null: who is mentioned sees the conversation; a group is listed, or the conversation is for everyone.</summary>
    public static Error? Refusal(Mention mention, Conversation conversation, SpaceState space)
    {
        var takesPart = mention.GroupId is { } group
            ? space.Groups.ContainsKey(group)
                && (conversation.Stakeholder == Stakeholder.Everyone || conversation.Groups.Any(entry => entry.GroupId == group))
            : ConversationPolicy.Sees(Audience.Of(conversation), space, mention.UserId!.Value);
        return takesPart ? null : NotFound($"@{(mention.GroupId is { } id ? $"group:{id}" : $"user:{mention.UserId}")}");
    }

    public static Error NotFound(string text) => new(ErrorCode.MentionNotFound, $"{text} takes no part in the conversation.");

    private static Mention Numbered(string kind, string digits)
    {
        var id = long.Parse(digits, CultureInfo.InvariantCulture);
        return kind == "group" ? new Mention { GroupId = id } : new Mention { UserId = id };
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}_.@])@(?:(?<kind>user):(?<email>[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})|(?<kind>user|group):(?<id>[1-9][0-9]{0,14})(?![0-9A-Za-z_]))")]
    private static partial Regex Form();
}

/// <summary>A mention as it is written.</summary>
/// <param name="Text">The text.</param>
internal sealed record WrittenMention(string Text)
{
    /// <summary>The address by which a user is mentioned; null: by a number.</summary>
    public string? Email { get; init; }

    /// <summary>Who is mentioned; null: it takes the directory to say so.</summary>
    public Mention? Mention { get; init; }
}
