using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>Every method of the hub with an argument that it takes, in an order in which all of them succeed.</summary>
internal static class HubExamples
{
    private const string Time = "\"timestamp\":\"2026-11-21T12:00:00.000Z\"";

    public static IReadOnlyList<(string Method, string Argument)> Of(Stage stage)
    {
        var application = $"\"applicationId\":\"{stage.ApplicationId}\"";
        var session = $"{application},\"sessionId\":\"{stage.SessionId}\"";
        var change = $"{session},{Time},\"ifSequence\":9007199254740991";
        var since = $"\"since\":{{\"epoch\":\"{stage.Epoch}\",\"sequence\":1,\"eventId\":\"019a0000-0000-7000-8000-000000000001\"}}";
        return
        [
            ("ListApplications", "{}"),
            ("GetApplication", $"{{{application}}}"),
            ("ListRoles", $"{{{application}}}"),
            ("CreateSession",
                $"{{{application},\"name\":\"Hub\",\"description\":\"d\",\"properties\":{{\"room\":\"1\"}},\"sessionVersion\":1,\"participants\":[{{\"id\":\"bob\",\"type\":\"user\",\"role\":\"Viewer\"}}],\"data\":{{\"a\":[1,{{\"b\":2}}]}},\"sessionId\":\"made-1\",\"ifExists\":\"return\",{Time},\"writerId\":\"maker\",\"writerSequence\":1}}"),
            ("GetSession", $"{{{session}}}"),
            ("ListSessions", $"{{{application},\"status\":\"open\",\"properties\":{{\"room\":\"1\"}},\"limit\":10}}"),
            ("PatchSession", $"{{{change},\"patch\":{{\"name\":\"N\",\"description\":\"D\",\"properties\":{{\"room\":\"2\"}}}}}}"),
            ("PatchSession", $"{{{application},\"sessionId\":\"{stage.ClosingId}\",\"patch\":{{\"name\":\"N\"}}}}"),
            ("UpdateSessionName", $"{{{change},\"name\":\"Name\"}}"),
            ("UpdateSessionDescription", $"{{{change},\"description\":\"Description\"}}"),
            ("UpdateSessionProperties", $"{{{change},\"properties\":{{\"room\":\"3\",\"floor\":\"1\"}}}}"),
            ("PatchSessionData", $"{{{session},\"writerId\":\"writer\",\"writerSequence\":1,\"data\":{{\"a\":{{\"b\":[1,2.50,null]}},\"c\":\"text\",\"d\":null}}}}"),
            ("PatchSessionData", $"{{{change},\"data\":{{\"e\":{{\"f\":12345678901234567890}}}}}}"),
            ("GetSessionData", $"{{{session}}}"),
            ("GetSessionData", $"{{{session},\"atSequence\":1}}"),
            ("AddSessionParticipant", $"{{{change},\"participant\":{{\"id\":\"bob\",\"type\":\"user\",\"role\":\"Viewer\"}}}}"),
            ("RemoveSessionParticipant", $"{{{change},\"participant\":{{\"id\":\"bob\",\"type\":\"user\"}}}}"),
            ("CreateSessionEvent", $"{{{session},{Time},\"name\":\"bell\",\"data\":[true,{{\"loud\":\"yes\"}}],\"writerId\":\"bell\",\"writerSequence\":1}}"),
            ("ListSessionEvents", $"{{{session},\"after\":1,\"names\":[\"bell\",\"horn\"],\"limit\":5}}"),
            ("JoinSession", $"{{{session},{since},\"echo\":true}}"),
            ("JoinSession", $"{{{session},\"presence\":{{\"cursor\":{{\"x\":1,\"y\":[2,null]}},\"color\":\"red\"}}}}"),
            ("UpdatePresence", $"{{{session},\"state\":{{\"cursor\":{{\"x\":null}},\"typing\":true}}}}"),
            ("SendSignal", $"{{{session},\"name\":\"cursor\",\"data\":{{\"x\":10.50,\"y\":[1,{{\"z\":null}}]}},\"to\":\"bob\"}}"),
            ("SendSignal", $"{{{session},\"name\":\"typing\"}}"),
            ("LeaveSession", $"{{{session}}}"),
            ("WatchApplication", $"{{{application},{since},\"properties\":{{\"room\":\"1\"}}}}"),
            ("WatchApplication", $"{{{application}}}"),
            ("UnwatchApplication", $"{{{application}}}"),
            ("CloseSession", $"{{{application},\"sessionId\":\"{stage.ClosingId}\",{Time}}}"),
            ("DeleteSession", $"{{{application},\"sessionId\":\"{stage.DeletingId}\",\"writerId\":\"last\",\"writerSequence\":1}}"),
        ];
    }
}
