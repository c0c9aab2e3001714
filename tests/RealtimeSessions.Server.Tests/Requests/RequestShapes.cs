using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Tests.Requests;

/// <summary>Every request of the hub: a complete example, its required members, and how it is read and checked.</summary>
internal sealed record RequestShape(string Name, string Example, string[] Required, Func<JsonElement, Error?> Read)
{
    private const string Session = "\"applicationId\":\"demo\",\"sessionId\":\"board\"";
    private const string Change = "\"timestamp\":\"2026-11-21T12:00:00Z\",\"writerId\":\"w\",\"writerSequence\":1";
    private static readonly RequestReader Reader = new(new RequestRules(Options.Create(new LimitsOptions())));
    private static readonly RequestJsonContext Json = RequestJsonContext.Default;

    public static IReadOnlyList<RequestShape> All { get; } =
    [
        Of("SessionRequest", $$"""{{{Session}}}""", ["applicationId", "sessionId"], Json.SessionRequest),
        Of("ChangeSession", $$"""{{{Session}},{{Change}}}""", ["applicationId", "sessionId"], Json.ChangeSessionRequest),
        Of("PatchSessionData", $$$"""{{{{Session}}},{{{Change}}},"data":{"a":[1]}}""", ["applicationId", "sessionId", "data"],
            Json.PatchSessionDataRequest),
        Of("CreateSessionEvent", $$$"""{{{{Session}}},{{{Change}}},"name":"bell","data":{"a":1}}""", ["applicationId", "sessionId", "name"],
            Json.CreateSessionEventRequest),
        Of("CreateSession",
            $$$"""{{{{Session}}},{{{Change}}},"name":"Board","description":"d","properties":{"room":"1"},"sessionVersion":1,"participants":[{"id":"bob","type":"group","role":"Viewer"}],"data":{"a":1},"ifExists":"return"}""",
            ["applicationId", "name"], Json.CreateSessionRequest),
        Of("ListSessions", """{"applicationId":"demo","status":"closed","properties":{"room":"1"},"limit":10,"cursor":"1-a"}""", ["applicationId"],
            Json.ListSessionsRequest),
        Of("ListSessionEvents", $$"""{{{Session}},"after":3,"names":["bell"],"limit":10}""", ["applicationId", "sessionId"],
            Json.ListSessionEventsRequest),
        Of("JoinSession",
            $$$"""{{{{Session}}},"since":{"epoch":"e","sequence":3,"eventId":"019a0000-0000-7000-8000-000000000001"},"echo":true}""",
            ["applicationId", "sessionId"], Json.JoinSessionRequest),
    ];

    public override string ToString() => Name;

    private static RequestShape Of<T>(string name, string example, string[] required, JsonTypeInfo<T> type)
        where T : notnull =>
        new(name, example, required, argument => Reader.Read(argument, type).Error);
}
