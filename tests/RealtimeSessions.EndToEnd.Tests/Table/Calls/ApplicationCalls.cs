using RealtimeSessions.EndToEnd.Tests.Table.Document;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>Every way to call what the table has about applications and, all together, their sessions.</summary>
internal static class ApplicationCalls
{
    private static readonly TableCall[] Written =
    [
        TableCall.Of("ListApplications", new { }),
        TableCall.Of("GetApplication", new { }),
        TableCall.Of("POST /applications", new { name = "An application" }),
        TableCall.Of("PATCH /applications/{applicationId}", new { name = "Renamed", description = "Described" }),
        TableCall.Of("POST /applications/{applicationId}/versions", new { }),
        TableCall.Of("POST /applications/{applicationId}/publish", new { }),
        TableCall.Of("DELETE /applications/{applicationId}", new { }),
        TableCall.Of("ListRoles", new { }),
        TableCall.Of("GET /applications/{applicationId}/roles/{name}", new { name = "Viewer" }),
        TableCall.Of("POST /applications/{applicationId}/roles", new { name = "Extra/role", permissions = new[] { "session:read:any" } }),
        TableCall.Of("PATCH /applications/{applicationId}/roles/{name}", new { name = "Viewer", description = "Described" }),
        TableCall.Of("DELETE /applications/{applicationId}/roles/{name}", new { name = Stage.SpareRole }),
        TableCall.Of("POST /applications/{applicationId}/roles/{name}/participants", new { name = "Viewer", participant = new { id = "frank", type = "group" } }),
        TableCall.Of(
            "DELETE /applications/{applicationId}/roles/{name}/participants/{type}/{id}",
            new { name = Stage.SpareRole, participant = new { type = "user", id = Model.Caller.Guest } }),
        TableCall.Of("CreateSession", new { name = "A session" }, "session_created"),
        TableCall.Of("CreateSession", new { name = "A session", data = new { a = 1 } }, "session_created", "session_data_updated"),
        TableCall.Of("ListSessions", new { }),
        TableCall.Of("WatchApplication", new { }),
        TableCall.Of("UnwatchApplication", new { }),
        TableCall.Of("GET /info", new { }),
        TableCall.Of("GET /server", new { }),
    ];

    /// <summary>The calls: each row of the table is called, and each event of its column is made.</summary>
    public static IReadOnlyList<TableCall> All { get; } = CallLists.Check(Written, ProtocolDocument.Rows.Where(row => !row.IsAboutSession));
}

/// <summary>Compares lists of calls with the table.</summary>
internal static class CallLists
{
    public static IReadOnlyList<TableCall> Check(IReadOnlyList<TableCall> calls, IEnumerable<TableRow> rows)
    {
        foreach (var row in rows)
        {
            var own = calls.Where(call => call.Row == row).ToArray();
            Assert.True(own.Length > 0, $"PROTOCOL.md has a row {row}, and no test calls it.");
            Assert.True(
                own.SelectMany(call => call.Events).ToHashSet().SetEquals(row.Events),
                $"PROTOCOL.md says that {row} makes {string.Join(", ", row.Events)}; the tests' calls make others.");
        }

        return calls;
    }
}
