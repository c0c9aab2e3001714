using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Requests;

/// <summary>Reads what a client sends, over the hub or over REST, into a request: its shape, then its values. Whoever gets the request need not look again.</summary>
internal sealed class RequestReader(RequestRules rules)
{
    public Result<T> Read<T>(JsonElement argument, JsonTypeInfo<T> type)
        where T : notnull =>
        RequestBinder.Bind(argument, type).TryGet(out var request, out var error)
            ? rules.Check(request) is { } refusal ? refusal : request
            : error;
}
