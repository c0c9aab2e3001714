using System.Text.Json.Nodes;

namespace RealtimeSessions.Protocol;

/// <summary>An expected outcome that is not success.</summary>
/// <param name="Code">What a client can act on.</param>
/// <param name="Text">One sentence for a developer; nothing internal.</param>
public sealed record Error(ErrorCode Code, string Text)
{
    /// <summary>Members that go with the code, or null.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>The form it has as the message of a hub error: <c>code: text</c>, then a space and the details as JSON if there are any.</summary>
    public override string ToString() => Details is null ? $"{Code}: {Text}" : $"{Code}: {Text} {Details.ToJsonString()}";

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
}
