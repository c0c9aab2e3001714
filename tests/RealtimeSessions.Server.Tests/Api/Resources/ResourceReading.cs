using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Binding;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Tests.Api.Resources;

/// <summary>Reads requests about conversations as the server does: put together, bound, checked.</summary>
internal static class ResourceReading
{
    public static RequestReader ReaderFor(LimitsOptions limits)
    {
        var options = Options.Create(limits);
        var (values, conversations) = (new ValueRules(options), new ConversationRules(options));
        var resources = new ResourceRules(values, new InputRules(values, conversations, options));
        return new RequestReader(new RequestRules(new SessionRules(values), new ApplicationRules(values), conversations, [resources]));
    }

    /// <summary>Reads a request of a list.</summary>
    public static Result<T> List<T>(JsonTypeInfo<T> type, string query)
        where T : notnull =>
        Read(new RequestMap(type, "GET", "/things", BodyForm.None, part: null), type, query, "");

    /// <summary>Reads a request with a body.</summary>
    /// <param name="type">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="query">Its query.</param>
    /// <param name="limits">The limits; null: the default ones.</param>
    public static Result<T> Body<T>(JsonTypeInfo<T> type, string body, string query = "", LimitsOptions? limits = null)
        where T : notnull =>
        Read(new RequestMap(type, "PUT", "/things/{id}", BodyForm.Members, part: null, ["include"]), type, query, body, limits);

    public static string? PathOf(Error? error) => error?.Details?["path"]?.GetValue<string>();

    private static Result<T> Read<T>(RequestMap map, JsonTypeInfo<T> type, string query, string body, LimitsOptions? limits = null)
        where T : notnull
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        request.RouteValues["id"] = "7";
        return RequestAssembler.Assemble(map, request, Encoding.UTF8.GetBytes(body)).TryGet(out var assembled, out var error)
            ? ReaderFor(limits ?? new LimitsOptions()).Read(JsonDocument.Parse(assembled).RootElement, type)
            : error;
    }
}
