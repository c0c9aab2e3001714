using System.Text.Json.Nodes;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Protocol.Tests.Data;

/// <summary>Merge patch as RFC 7396 spells it out, and the rule of composition, on <see cref="JsonNode"/> and without any cleverness.</summary>
internal static class NaiveMergePatch
{
    public static JsonTree Apply(JsonTree target, JsonTree patch) =>
        Trees.Tree(Apply(Node(target), Node(patch))?.ToJsonString() ?? "null");

    /// <summary>Whether the second has an object at a path where the first has a null, a scalar or an array.</summary>
    public static bool Conflict(JsonTree first, JsonTree second) => Conflict(Node(first), Node(second));

    private static JsonNode? Node(JsonTree tree) => JsonNode.Parse(tree.ToUtf8Bytes());

    private static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target is JsonObject ? (JsonObject)target.DeepClone() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result.TryGetPropertyValue(name, out var old);
                result[name] = Apply(old, value);
            }
        }

        return result;
    }

    private static bool Conflict(JsonNode? first, JsonNode? second) =>
        second is JsonObject later
        && (first is not JsonObject earlier
            || later.Any(member => earlier.TryGetPropertyValue(member.Key, out var value) && Conflict(value, member.Value)));
}
