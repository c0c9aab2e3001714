using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Hubs;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Tests.Hubs;

/// <summary>Every request of the hub: a complete example, its required members, and how it is read and checked.</summary>
internal sealed record RequestShape(string Name, string Example, string[] Required, Func<JsonElement, Error?> Read)
{
    private const string Session = "\"applicationId\":\"demo\",\"sessionId\":\"board\"";
    private const string Change = "\"timestamp\":\"2026-11-21T12:00:00Z\",\"writerId\":\"w\",\"writerSequence\":1";
    private static readonly RequestJsonContext Json = RequestJsonContext.Default;

    public static IReadOnlyList<RequestShape> All { get; } =
    [
        Of("SessionRequest", $$"""{{{Session}}}""", ["applicationId", "sessionId"], Json.SessionRequest, _ => null),
        Of("ChangeSession", $$"""{{{Session}},{{Change}}}""", ["applicationId", "sessionId"], Json.ChangeSessionRequest, RequestRules.Check),
        Of("PatchSessionData", $$$"""{{{{Session}}},{{{Change}}},"data":{"a":[1]}}""", ["applicationId", "sessionId", "data"],
            Json.PatchSessionDataRequest, RequestRules.Check),
        Of("CreateSessionEvent", $$$"""{{{{Session}}},{{{Change}}},"name":"bell","data":{"a":1}}""", ["applicationId", "sessionId", "name"],
            Json.CreateSessionEventRequest, RequestRules.Check),
        Of("CreateSession",
            $$$"""{{{{Session}}},{{{Change}}},"name":"Board","description":"d","properties":{"room":"1"},"sessionVersion":1,"participants":[{"id":"bob","type":"group","role":"Viewer"}],"data":{"a":1},"ifExists":"return"}""",
            ["applicationId", "name"], Json.CreateSessionRequest, RequestRules.Check),
        Of("ListSessions", """{"applicationId":"demo","status":"closed","properties":{"room":"1"},"limit":10,"cursor":"1-a"}""", ["applicationId"],
            Json.ListSessionsRequest, RequestRules.Check),
        Of("ListSessionEvents", $$"""{{{Session}},"after":3,"names":["bell"],"limit":10}""", ["applicationId", "sessionId"],
            Json.ListSessionEventsRequest, RequestRules.Check),
        Of("JoinSession",
            $$$"""{{{{Session}}},"since":{"epoch":"e","sequence":3,"eventId":"019a0000-0000-7000-8000-000000000001"},"echo":true}""",
            ["applicationId", "sessionId"], Json.JoinSessionRequest, RequestRules.Check),
    ];

    public override string ToString() => Name;

    private static RequestShape Of<T>(string name, string example, string[] required, JsonTypeInfo<T> type, Func<T, Error?> check)
        where T : notnull =>
        new(name, example, required, argument => RequestBinder.Bind(argument, type).TryGet(out var request, out var error) ? check(request) : error);
}
