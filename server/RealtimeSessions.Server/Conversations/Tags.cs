using System.Text.RegularExpressions;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Hashtags in texts.</summary>
internal static partial class Tags
{
    /// <summary>How many a conversation has at most; later ones are passed over.</summary>
    public const int Maximum = 100;

    /// <summary>The tags in some texts, without their sign, in lower case, each once, as they come.</summary>
    public static IReadOnlyList<string> Of(params ReadOnlySpan<string> texts)
    {
        var tags = new List<string>();
        foreach (var text in texts)
        {
            foreach (Match match in Hashtag().Matches(text))
            {
                if (match.Groups[1].Value.ToLowerInvariant() is var tag && tags.Count < Maximum && !tags.Contains(tag))
                {
                    tags.Add(tag);
                }
            }
        }

        return tags;
    }

    /// <summary>Some tags, and those of others that are not among them.</summary>
    public static IReadOnlyList<string> Join(IReadOnlyList<string> tags, IReadOnlyList<string> others) => [.. tags.Union(others).Take(Maximum)];

    /// <summary>A sign that does not stand within a word or an address, and letters, digits, _ and -, of which the first is a letter.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{N}_&/#])#(\p{L}[\p{L}\p{N}_-]{0,49})")]
    private static partial Regex Hashtag();
}
