using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.EndToEnd.Tests.Table.Model;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>Every way to call what the table has about one session.</summary>
internal static class SessionCalls
{
    private static readonly TableCall[] Written =
    [
        TableCall.Of("GetSession", new { }),
        TableCall.Of("PatchSession", new { patch = new { name = "Renamed", description = "Described" } }, "session_updated"),
        TableCall.Of("PatchSession", new { patch = new { properties = new { room = "blue" } } }, "session_properties_updated"),
        TableCall.Of("PatchSession", new { patch = new { status = "closed" } }, "session_closed"),
        TableCall.Of(
            "PatchSession", new { patch = new { name = "Renamed", properties = new { }, status = "closed" } },
            "session_updated", "session_properties_updated", "session_closed"),
        TableCall.Of("UpdateSessionName", new { name = "Renamed" }, "session_updated"),
        TableCall.Of("UpdateSessionDescription", new { description = "Described" }, "session_updated"),
        TableCall.Of("UpdateSessionProperties", new { properties = new { room = "blue" } }, "session_properties_updated"),
        TableCall.Of("PatchSessionData", new { data = new { a = 1 } }, "session_data_updated"),
        TableCall.Of("GetSessionData", new { }),
        TableCall.Of("GetSessionData", new { atSequence = 1 }),
        TableCall.Of("AddSessionParticipant", new { participant = new { id = "frank" } }, "session_participant_added"),
        Giving(RoleKind.Viewer),
        Giving(RoleKind.Contributor),
        Giving(RoleKind.Administrator),
        TableCall.Of("RemoveSessionParticipant", new { participant = new { id = Caller.Guest, type = "user" } }, "session_participant_removed"),
        TableCall.Of("CreateSessionEvent", new { name = "ping", data = new { b = 2 } }, "session_event_created"),
        TableCall.Of("ListSessionEvents", new { }),
        TableCall.Of("CloseSession", new { }, "session_closed"),
        TableCall.Of("DeleteSession", new { }, "session_deleted"),
        TableCall.Of("JoinSession", new { }),
        TableCall.Of("LeaveSession", new { }),
        TableCall.Of("UpdatePresence", new { state = new { a = 1 } }),
        TableCall.Of("SendSignal", new { name = "ping" }),
        TableCall.Of("SendSignal", new { name = "ping", data = new { b = 2 }, to = Caller.Guest }),
    ];

    /// <summary>The calls: each row of the table is called, and each event of its column is made.</summary>
    public static IReadOnlyList<TableCall> All { get; } = CallLists.Check(Written, ProtocolDocument.Rows.Where(row => row.IsAboutSession));

    private static TableCall Giving(RoleKind role) =>
        TableCall.Of("AddSessionParticipant", new { participant = new { id = "testers", type = "group", role = role.Name } }, "session_participant_added") with
        {
            Gives = role,
        };
}
