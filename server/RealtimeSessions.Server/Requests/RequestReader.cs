using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Requests;

/// <summary>Reads what a client sends, over the hub or over REST, into a request: its shape, then its values. Whoever gets the request need not look again.</summary>
internal sealed class RequestReader(RequestRules rules)
{
    /// <summary>Reads a request.</summary>
    public Result<T> Read<T>(JsonElement argument, JsonTypeInfo<T> type)
        where T : notnull =>
        Check(RequestBinder.Bind(argument, type));

    /// <summary>Checks the values of a request whose shape was read.</summary>
    public Result<T> Check<T>(Result<T> bound)
        where T : notnull =>
        bound.TryGet(out var request, out _) && rules.Check(request) is { } refusal ? refusal : bound;
}
