using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.EndToEnd.Tests.Table.Document;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>A hub request as the REST API takes it, by what PROTOCOL.md says under "REST".</summary>
/// <param name="Path">The path under <c>/api/v1/</c>, with the query.</param>
/// <param name="Body">The body; null: none.</param>
/// <param name="MediaType">The body's type.</param>
/// <param name="Headers">The headers.</param>
internal sealed record RestForm(string Path, JsonNode? Body, string MediaType, (string Name, string Value)[] Headers)
{
    private const string Json = "application/json", MergePatch = "application/merge-patch+json";

    private static readonly Dictionary<string, string> HeaderNames = new()
    {
        ["timestamp"] = "Client-Timestamp",
        ["writerId"] = "Writer-Id",
        ["writerSequence"] = "Writer-Sequence",
        ["ifMatch"] = "If-Match",
    };

    public static RestForm Of(RestAddress address, Target target, JsonObject request)
    {
        var members = request.DeepClone().AsObject();
        var headers = Take(members, HeaderNames.ContainsKey).Select(member => (HeaderNames[member.Key], Plain(member.Value))).ToArray();

        // A participant stands in the address, or his members are the body's.
        Lift(members, "participant");
        var path = Fill(address.Path, target, members);
        if (address.Verb == "POST" && !address.Has("applicationId"))
        {
            members["applicationId"] = target.ApplicationId;
        }

        return (address.Verb, address.Path.Split('/')[^1]) switch
        {
            ("PATCH", "data") => new RestForm(path + Query(members, "data"), members["data"]?.DeepClone(), MergePatch, headers),
            ("PUT", "properties") => new RestForm(path + Query(members, "properties"), members["properties"]?.DeepClone() ?? new JsonObject(), Json, headers),
            ("GET" or "DELETE", _) => new RestForm(path + Query(members), null, Json, headers),
            _ => new RestForm(path, Lift(members, "patch"), Json, headers),
        };
    }

    /// <summary>Puts a member's own members in its place.</summary>
    private static JsonObject Lift(JsonObject members, string name)
    {
        foreach (var (inner, value) in Take(members, member => member == name).SelectMany(member => member.Value!.AsObject()).ToArray())
        {
            members[inner] = value?.DeepClone();
        }

        return members;
    }

    private static string Fill(string path, Target target, JsonObject members)
    {
        var ids = new Dictionary<string, string?> { ["applicationId"] = target.ApplicationId, ["sessionId"] = target.SessionId };
        return string.Join('/', path.Split('/').Skip(1).Select(part => part is not ['{', .. var name, '}'] ? part
            : Uri.EscapeDataString(ids.TryGetValue(name, out var id) ? id! : Plain(Take(members, member => member == name).Single().Value))));
    }

    private static string Query(JsonObject members, string? body = null)
    {
        var pairs = members.Where(member => member.Key != body).Select(member => $"{member.Key}={Uri.EscapeDataString(Plain(member.Value))}").ToArray();
        return pairs is [] ? "" : $"?{string.Join('&', pairs)}";
    }

    private static List<KeyValuePair<string, JsonNode?>> Take(JsonObject members, Func<string, bool> isTaken)
    {
        var taken = members.Where(member => isTaken(member.Key)).ToList();
        taken.ForEach(member => members.Remove(member.Key));
        return taken;
    }

    private static string Plain(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value!.ToJsonString();
}
