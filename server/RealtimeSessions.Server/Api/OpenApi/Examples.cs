using System.Text.Json.Nodes;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>Examples of bodies, by the names of operations, and of answers, by the names of their types; they stand in a file of their own.</summary>
internal static class Examples
{
    private const string File = "examples.json";

    private static readonly Lazy<JsonObject> All = new(Read);

    /// <summary>The example of a name, or null.</summary>
    public static JsonNode? Of(string name) => All.Value[name]?.DeepClone();

    private static JsonObject Read()
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream(typeof(Examples), File)!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
