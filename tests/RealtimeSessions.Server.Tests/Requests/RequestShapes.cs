using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Tests.Requests;

/// <summary>Every request: a complete example, its required members, and how it is read and checked.</summary>
internal sealed record RequestShape(
    string Name, string Example, string[] Required, Func<JsonElement, RequestReader, Error?> ReadWith, Func<string, Error?> ReadInPlace)
{
    private const string Session = "\"applicationId\":\"demo\",\"sessionId\":\"board\"";
    private const string Change = "\"timestamp\":\"2026-11-21T12:00:00Z\",\"writerId\":\"w\",\"writerSequence\":1,\"ifSequence\":7";
    private const string Role = "\"applicationId\":\"demo\",\"name\":\"Guest\"";
    private const string RoleMembers = "\"description\":\"d\",\"permissions\":[\"session:read:any\"],\"participants\":[{\"id\":\"bob\"}]";
    private static readonly RequestReader Reader = ReaderFor(new LimitsOptions());
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
            $$$"""{{{{Session}}},"timestamp":"2026-11-21T12:00:00Z","writerId":"w","writerSequence":1,"name":"B","description":"d","properties":{"room":"1"},"sessionVersion":1,"participants":[{"id":"bob","type":"group","role":"Viewer"}],"data":{"a":1},"ifExists":"return"}""",
            ["applicationId", "name"], Json.CreateSessionRequest),
        Of("ListSessions", """{"applicationId":"demo","status":"closed","properties":{"room":"1"},"limit":10,"cursor":"1-a"}""", ["applicationId"],
            Json.ListSessionsRequest),
        Of("ListSessionEvents", $$"""{{{Session}},"after":3,"names":["bell"],"limit":10}""", ["applicationId", "sessionId"],
            Json.ListSessionEventsRequest),
        Of("JoinSession",
            $$$"""{{{{Session}}},"since":{"epoch":"e","sequence":3,"eventId":"019a0000-0000-7000-8000-000000000001"},"echo":true,"presence":{"a":1}}""",
            ["applicationId", "sessionId"], Json.JoinSessionRequest),
        Of("UpdatePresence", $$$"""{{{{Session}}},"state":{"a":null,"b":[1]}}""", ["applicationId", "sessionId", "state"], Json.UpdatePresenceRequest),
        Of("SendSignal", $$$"""{{{{Session}}},"name":"cursor","data":{"x":1},"to":"bob"}""", ["applicationId", "sessionId", "name"],
            Json.SendSignalRequest),
        Of("PatchSession",
            $$$"""{{{{Session}}},{{{Change}}},"patch":{"name":"n","description":"d","properties":{"room":"1"},"status":"closed"}}""",
            ["applicationId", "sessionId", "patch"], Json.PatchSessionRequest),
        Of("UpdateSessionName", $$"""{{{Session}},{{Change}},"name":"n"}""", ["applicationId", "sessionId", "name"],
            Json.UpdateSessionNameRequest),
        Of("UpdateSessionDescription", $$"""{{{Session}},{{Change}},"description":"d"}""", ["applicationId", "sessionId"],
            Json.UpdateSessionDescriptionRequest),
        Of("UpdateSessionProperties", $$$"""{{{{Session}}},{{{Change}}},"properties":{"room":"1"}}""", ["applicationId", "sessionId"],
            Json.UpdateSessionPropertiesRequest),
        Of("SessionParticipant", $$$"""{{{{Session}}},{{{Change}}},"participant":{"id":"bob","type":"user","role":"Viewer"}}""",
            ["applicationId", "sessionId", "participant"], Json.SessionParticipantRequest),
        Of("GetSessionData", $$"""{{{Session}},"atSequence":3}""", ["applicationId", "sessionId"], Json.GetSessionDataRequest),
        Of("WatchApplication", """{"applicationId":"demo","since":{"epoch":"e","sequence":3},"properties":{"room":"1"}}""", ["applicationId"],
            Json.WatchApplicationRequest),
        Of("JoinConversation", """{"conversationId":7,"since":{"epoch":"e","sequence":3}}""", ["conversationId"], Json.JoinConversationRequest),
        Of("CreateComment",
            """{"conversationId":7,"content":"c","priority":1,"timestamp":"2026-11-21T12:00:00Z","writerId":"w","writerSequence":1}""",
            ["conversationId", "content"], Json.CreateCommentRequest),
        Of("ListComments", """{"conversationId":7,"before":9,"limit":10}""", ["conversationId"], Json.ListCommentsRequest),
        Of("ConversationRequest", """{"conversationId":7}""", ["conversationId"], Json.ConversationRequest),
        Of("WatchSpace", """{"spaceId":7,"since":{"epoch":"e","sequence":3}}""", ["spaceId"], Json.WatchSpaceRequest),
        Of("SpaceRequest", """{"spaceId":7}""", ["spaceId"], Json.SpaceRequest),
        Of("ApplicationRequest", """{"applicationId":"demo"}""", ["applicationId"], Json.ApplicationRequest),
        Of("CreateApplication", """{"applicationId":"demo","name":"Demo","description":"d"}""", ["applicationId", "name"],
            Json.CreateApplicationRequest),
        Of("PatchApplication", """{"applicationId":"demo","name":"Demo","description":"d"}""", ["applicationId"], Json.PatchApplicationRequest),
        Of("RoleRequest", $$"""{{{Role}}}""", ["applicationId", "name"], Json.RoleRequest),
        Of("CreateRole", $$"""{{{Role}},{{RoleMembers}}}""", ["applicationId", "name", "permissions"], Json.CreateRoleRequest),
        Of("PatchRole", $$"""{{{Role}},{{RoleMembers}}}""", ["applicationId", "name"], Json.PatchRoleRequest),
        Of("RoleParticipant", $$$"""{{{{Role}}},"participant":{"id":"bob","type":"group"}}""", ["applicationId", "name", "participant"],
            Json.RoleParticipantRequest),
    ];

    /// <summary>Reads by the default limits, or another way.</summary>
    public Error? Read(JsonElement argument, RequestReader? reader = null) => ReadWith(argument, reader ?? Reader);

    public static RequestReader ReaderFor(LimitsOptions limits)
    {
        var values = new ValueRules(Options.Create(limits));
        return new RequestReader(new RequestRules(new SessionRules(values), new ApplicationRules(values), new ConversationRules(Options.Create(limits)), []));
    }

    public override string ToString() => Name;

    private static RequestShape Of<T>(string name, string example, string[] required, JsonTypeInfo<T> type)
        where T : notnull =>
        new(name, example, required, (argument, reader) => reader.Read(argument, type).Error, json => ReadAsHubDoes(json, type));

    /// <summary>Reads where it stands among the arguments of a call; what follows must come next.</summary>
    private static Error? ReadAsHubDoes<T>(string json, JsonTypeInfo<T> type)
        where T : notnull
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""{"arguments":[{{json}}]}"""));
        while (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Read();
        }

        reader.Read();
        var request = RequestBinder.Bind(ref reader, type);
        Assert.True(reader.Read());
        Assert.Equal(JsonTokenType.EndArray, reader.TokenType);
        return Reader.Check(request).Error;
    }
}
