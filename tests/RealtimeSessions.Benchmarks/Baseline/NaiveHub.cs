using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace RealtimeSessions.Benchmarks.Baseline;

/// <summary>
/// What a team writes first: the session's document lies in Redis, and each patch reads it, merges, writes it and goes to the group. Two who
/// write at once lose one of the changes, and whoever was away has missed what was sent.
/// </summary>
internal sealed class NaiveHub(IDatabase redis) : Hub
{
    public Task Join(string session) => Groups.AddToGroupAsync(Context.ConnectionId, session);

    public async Task Patch(string session, JsonElement data)
    {
        var key = $"document:{session}";
        var document = await redis.StringGetAsync(key) is { HasValue: true } stored ? JsonNode.Parse((byte[])stored!)!.AsObject() : [];
        Merge(document, data);
        await redis.StringSetAsync(key, JsonSerializer.SerializeToUtf8Bytes(document));
        await Clients.Group(session).SendAsync("Patched", data);
    }

    /// <summary>JSON Merge Patch (RFC 7396).</summary>
    private static void Merge(JsonObject target, JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    target.Remove(member.Name);
                    break;
                case JsonValueKind.Object:
                    if (target[member.Name] is not JsonObject inner)
                    {
                        target[member.Name] = inner = [];
                    }

                    Merge(inner, member.Value);
                    break;
                case JsonValueKind.Array:
                    target[member.Name] = JsonArray.Create(member.Value);
                    break;
                default:
                    target[member.Name] = JsonValue.Create(member.Value);
                    break;
            }
        }
    }
}
