using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RealtimeSessions.Protocol;

/// <summary>An expected outcome that is not success.</summary>
/// <param name="Code">What a client can act on.</param>
/// <param name="Text">One sentence for a developer; nothing internal.</param>
public sealed partial record Error(ErrorCode Code, string Text)
{
    /// <summary>Members that go with the code, or null.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>The form it has as the message of a hub error: <c>code: text</c>, then a space and the details as JSON if there are any.</summary>
    public override string ToString() => Details is null ? $"{Code}: {Text}" : $"{Code}: {Text} {Details.ToJsonString()}";

    /// <summary>Finds the error in the message that a hub call fails with, whatever the framework says before it.</summary>
    /// <returns>Null: it has none, or one of a code that is not known here.</returns>
    public static Error? Find(string message)
    {
        var match = HubMessage().Match(message);
        if (!match.Success || ErrorCode.Find(match.Groups["code"].Value) is not { } code)
        {
            return null;
        }

        return new Error(code, match.Groups["text"].Value) { Details = Object(match.Groups["details"].Value) };
    }

    /// <summary>A member that is missing, unknown or wrong.</summary>
    /// <param name="path">Where, for example <c>$.properties.room</c>.</param>
    /// <param name="text">What is wrong.</param>
    public static Error InvalidArgument(string path, string text) =>
        new(ErrorCode.InvalidArgument, $"{path}: {text}") { Details = new JsonObject { ["path"] = path } };

    /// <summary>There would be more of something than there may be.</summary>
    /// <param name="limit">How much there may be.</param>
    /// <param name="text">Of what.</param>
    public static Error LimitExceeded(int limit, string text) =>
        new(ErrorCode.LimitExceeded, text) { Details = new JsonObject { ["limit"] = limit } };

    private static JsonObject? Object(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // A text that ends like an object.
        }
    }

    [GeneratedRegex(@"(?:HubException: |^)(?<code>[a-z_]+): (?<text>.*?)(?: (?<details>\{.*\}))?$", RegexOptions.Singleline)]
    private static partial Regex HubMessage();
}
