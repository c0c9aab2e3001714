using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Binding;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Api;

/// <summary>Makes of an HTTP request who calls and what he asks for: the one way in for every operation.</summary>
internal sealed class ApiBinder(RequestReader reader, IOptions<LimitsOptions> limits, Callers callers)
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = 130 };

    public ValueTask<Caller> CallerOfAsync(HttpContext context) => callers.FindAsync(context.User);

    public async Task<Result<T>> ReadAsync<T>(HttpContext context, RequestMap map, JsonTypeInfo<T> type, string mediaType)
        where T : notnull
    {
        if (map.Form == BodyForm.None && RequestBody.IsThere(context))
        {
            return Error.InvalidArgument("$", "the address takes no body.");
        }

        if (!(await RequestBody.ReadAsync(context, mediaType, limits.Value.MaximumBodyBytes)).TryGet(out var body, out var error)
            || !RequestAssembler.Assemble(map, context.Request, body).TryGet(out var assembled, out error))
        {
            return error;
        }

        using var document = JsonDocument.Parse(assembled, DocumentOptions);
        return reader.Read(document.RootElement, type).TryGet(out var request, out error) ? request : map.Translate(error);
    }
}
