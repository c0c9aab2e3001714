using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>Every operation of the API with a request that it takes, in an order in which all of them succeed.</summary>
internal static class RestExamples
{
    private const string MergePatch = "application/merge-patch+json";
    private const string Time = "2026-11-21T12:00:00.000Z";

    public static IReadOnlyList<RestRequest> Of(Stage stage) =>
        [.. Applications(stage), .. Roles(stage), .. Sessions(stage), .. Ends(stage), .. ConversationExamples.Of(stage.Conversations)];

    private static RestRequest[] Applications(Stage stage) =>
    [
        new("GET", "info"),
        new("GET", "applications"),
        new("POST", "applications", $$"""{"applicationId":"{{stage.ApplicationId}}-2","name":"Second","description":"d"}"""),
        new("GET", $"applications/{stage.ApplicationId}"),
        new("PATCH", $"applications/{stage.ApplicationId}", """{"name":"Name","description":"Description"}"""),
        new("POST", $"applications/{stage.ApplicationId}/publish"),
        new("POST", $"applications/{stage.ApplicationId}/versions"),
    ];

    private static RestRequest[] Roles(Stage stage)
    {
        var roles = $"applications/{stage.ApplicationId}/roles";
        return
        [
            new("GET", roles),
            new("POST", roles,
                """{"name":"Made","description":"d","permissions":["session:read:any","session:event:participant"],"participants":[{"id":"bob","type":"user"},{"id":"designers","type":"group"}]}"""),
            new("GET", $"{roles}/{Stage.Role}"),
            new("PATCH", $"{roles}/{Stage.Role}",
                """{"description":"d","permissions":["application:read","session:read:participant"],"participants":[{"id":"carol"}]}"""),
            new("POST", $"{roles}/{Stage.Role}/participants", """{"id":"bob","type":"user"}"""),
            new("DELETE", $"{roles}/{Stage.Role}/participants/user/bob"),
            new("DELETE", $"{roles}/Made"),
        ];
    }

    private static RestRequest[] Sessions(Stage stage)
    {
        var sessions = $"applications/{stage.ApplicationId}/sessions";
        var session = $"{sessions}/{stage.SessionId}";
        return
        [
            new RestRequest("POST", sessions,
                """{"sessionId":"made-2","name":"Rest","description":"d","properties":{"room":"1"},"sessionVersion":1,"participants":[{"id":"bob","type":"user","role":"Viewer"}],"data":{"a":[1,{"b":2}]},"ifExists":"return"}""")
                .With("Client-Timestamp", Time),
            new("GET", $"{sessions}?status=open&properties[room]=1&limit=10"),
            new("GET", session),
            new RestRequest("PATCH", session, """{"name":"N","description":"D","properties":{"room":"2"},"ifSequence":9007199254740991}""")
                .With("Client-Timestamp", Time),
            new("PUT", $"{session}/properties", """{"room":"3","floor":"1"}"""),
            new RestRequest("GET", $"{session}/data").With("If-None-Match", $"\"{stage.Epoch}-1\""),
            new("GET", $"{session}/data?atSequence=1"),
            new RestRequest("PATCH", $"{session}/data", """{"a":{"b":[1,2.50,null]},"c":"text","d":null}""").As(MergePatch)
                .With("Writer-Id", "rest").With("Writer-Sequence", "1").With("Client-Timestamp", Time),
            new RestRequest("PATCH", $"{session}/data", """{"e":{"f":12345678901234567890}}""").As(MergePatch).With("If-Match", "*"),
            new("POST", $"{session}/participants", """{"id":"bob","type":"user","role":"Viewer","ifSequence":9007199254740991}"""),
            new("DELETE", $"{session}/participants/user/bob?ifSequence=9007199254740991"),
            new RestRequest("POST", $"{session}/events", """{"name":"bell","data":[true,{"loud":"yes"}]}""")
                .With("Writer-Id", "bell").With("Writer-Sequence", "1"),
            new("GET", $"{session}/events?after=1&names=bell&names=horn&limit=5"),
        ];
    }

    private static RestRequest[] Ends(Stage stage)
    {
        var sessions = $"applications/{stage.ApplicationId}/sessions";
        return
        [
            new("PATCH", $"{sessions}/{stage.ClosingId}", """{"status":"closed"}"""),
            new("POST", $"{sessions}/made-2/close", """{"ifSequence":9007199254740991}"""),
            new("DELETE", $"{sessions}/{stage.DeletingId}"),
            new("DELETE", $"applications/{stage.ApplicationId}-2"),
        ];
    }
}
