using RealtimeSessions.EndToEnd.Tests.Table.Model;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>
/// Every refusal that the table has and <see cref="Oracle"/> has not. They need servers with the limits of <see cref="TightServers"/>, and
/// a caller who may do everything.
/// </summary>
internal static class Provocations
{
    private const string Conflict = "conflict", LimitExceeded = "limit_exceeded", RoleNotFound = "role_not_found", DataTooLarge = "data_too_large",
        Application = "/applications/{applicationId}", Role = Application + "/roles/{name}", RoleParticipant = Role + "/participants/{type}/{id}";

    /// <summary>Two of these are more than an application can weigh: each character weighs six bytes.</summary>
    private static readonly string LongText = new('\u0001', TightServers.DescriptionLength);

    private static readonly object OneSelf = new { type = "user", id = Stage.User };

    private static readonly object LargeData = new { text = new string('x', TightServers.DataBytes) };

    private static readonly object LargeState = new { text = new string('x', TightServers.PresenceBytes) };

    private static readonly string LargeSignal = new('x', TightServers.SignalBytes);

    public static IReadOnlyList<Provocation> All { get; } = [.. OfApplications(), .. OfRoles(), .. OfAnyChange(), .. OfSessions()];

    private static IEnumerable<Provocation> OfApplications() =>
    [
        new(Conflict, TableCall.Of("POST /applications", new { name = "Taken" })) { User = Stage.User },
        new(LimitExceeded, TableCall.Of($"PATCH {Application}", new { description = LongText }), DescribeSpareRole),
        new(Conflict, TableCall.Of($"POST {Application}/versions", new { })),
        new(Conflict, TableCall.Of($"POST {Application}/publish", new { }), Publish),
    ];

    private static IEnumerable<Provocation> OfRoles() =>
    [
        .. new[]
        {
            TableCall.Of($"GET {Role}", new { }), TableCall.Of($"PATCH {Role}", new { description = "" }), TableCall.Of($"DELETE {Role}", new { }),
            TableCall.Of($"POST {Role}/participants", new { participant = new { id = "frank" } }),
            TableCall.Of($"DELETE {RoleParticipant}", new { participant = new { type = "user", id = "frank" } }),
        }.Select(call => new Provocation(RoleNotFound, call.With(new { name = "Nobody" }))),
        new(Conflict, TableCall.Of($"POST {Application}/roles", new { name = "Viewer", permissions = Array.Empty<string>() })),
        new(Conflict, TableCall.Of($"PATCH {Role}", new { name = "Administrator", permissions = new[] { "application:read" } })),
        new(Conflict, TableCall.Of($"DELETE {Role}", new { name = "Administrator" })),
        new(Conflict, TableCall.Of($"DELETE {RoleParticipant}", new { name = "Administrator", participant = OneSelf }), LeaveOneAdministrator)
        {
            User = Stage.User,
        },
        new(LimitExceeded, TableCall.Of($"POST {Application}/roles", new { name = "One more", permissions = Array.Empty<string>() })),
        new(LimitExceeded, TableCall.Of($"PATCH {Role}", new { name = "Viewer", description = LongText }), DescribeSpareRole),
        new(LimitExceeded, TableCall.Of($"POST {Role}/participants", new { name = "Viewer", participant = new { id = "frank" } }), FillRole),
    ];

    /// <summary>What every change of a session can be refused for.</summary>
    private static IEnumerable<Provocation> OfAnyChange()
    {
        foreach (var call in SessionCalls.All.Where(call => call.Row.Events.Count > 0).DistinctBy(call => call.Row))
        {
            yield return new(Conflict, call.With(new { ifSequence = 1 }), ChangeEverything);
            yield return new("writer_gap", call.With(new { writerId = "writer", writerSequence = 2 }));
        }
    }

    private static IEnumerable<Provocation> OfSessions() =>
    [
        new(Conflict, TableCall.Of("CreateSession", new { name = "Taken" }), (_, _, target) =>
            Task.FromResult<TableCall?>(TableCall.Of("CreateSession", new { name = "Taken", sessionId = target.SessionId }))),
        new("writer_gap", TableCall.Of("CreateSession", new { name = "Second", writerId = "writer", writerSequence = 2 })),
        new(DataTooLarge, TableCall.Of("CreateSession", new { name = "Large", data = LargeData })),
        new(DataTooLarge, TableCall.Of("PatchSessionData", new { data = LargeData })),
        new("precondition_failed", TableCall.Of("PatchSessionData", new { data = new { a = 1 }, ifMatch = "\"elsewhere-1\"" })) { OnlyOver = RestDoor.Name },
        new(LimitExceeded, TableCall.Of("AddSessionParticipant", new { participant = new { id = "frank" } }), FillSession),
        new("not_retained", TableCall.Of("GetSessionData", new { atSequence = 1 }), OutgrowRetention),
        new(LimitExceeded, TableCall.Of("JoinSession", new { }), (stage, door, target) => UseUpAsync(stage, door, target, "JoinSession")),
        new(LimitExceeded, TableCall.Of("WatchApplication", new { }), (stage, door, target) => UseUpAsync(stage, door, target, "WatchApplication")),
        new(DataTooLarge, TableCall.Of("JoinSession", new { presence = LargeState })),
        new(DataTooLarge, TableCall.Of("UpdatePresence", new { state = LargeState }), Join) { User = Stage.User },
        new("payload_too_large", TableCall.Of("SendSignal", new { name = "large", data = LargeSignal })),
    ];

    private static Provocation.Preparation Publish => DoFirst(TableCall.Of($"POST {Application}/publish", new { }));

    private static Provocation.Preparation DescribeSpareRole =>
        DoFirst(TableCall.Of($"PATCH {Role}", new { name = Stage.SpareRole, description = LongText }));

    private static Provocation.Preparation LeaveOneAdministrator =>
        DoFirst(TableCall.Of($"DELETE {RoleParticipant}", new { name = "Administrator", participant = new { type = "user", id = Caller.Bob.User } }));

    private static Provocation.Preparation FillRole =>
        DoFirst(TableCall.Of($"PATCH {Role}", new { name = "Viewer", participants = TightServers.Participants.Select(id => new { id }) }));

    private static Provocation.Preparation FillSession => async (stage, _, target) =>
    {
        var present = (await stage.DoAsync(TableCall.Of("GetSession", new { }), target)).Answer.GetProperty("participants").GetArrayLength();
        foreach (var id in TightServers.Participants.Skip(present))
        {
            await stage.DoAsync(TableCall.Of("AddSessionParticipant", new { participant = new { id } }), target);
        }

        return null;
    };

    /// <summary>Lets the connection join that will call: one of a user who joins nothing else.</summary>
    private static Provocation.Preparation Join => async (_, door, target) =>
    {
        Assert.Null((await door.CallAsync(TableCall.Of("JoinSession", new { presence = true }), target)).Code);
        return null;
    };

    private static Provocation.Preparation ChangeEverything => DoFirst(
        TableCall.Of("UpdateSessionName", new { name = "Changed" }), TableCall.Of("PatchSessionData", new { data = new { changed = true } }));

    /// <summary>More events than are retained; what is too old is removed a little later.</summary>
    private static Provocation.Preparation OutgrowRetention => async (stage, _, target) =>
    {
        for (var i = 0; i < 3 * TightServers.RetainedEvents; i++)
        {
            await stage.DoAsync(TableCall.Of("PatchSessionData", new { data = new { i } }), target);
        }

        await Stage.UntilAsync(
            async () => (await stage.DoAsync(TableCall.Of("ListSessionEvents", new { }), target)).Answer.GetProperty("firstAvailable").GetInt64() > 2,
            "Nothing was removed.");
        return null;
    };

    private static Provocation.Preparation DoFirst(params TableCall[] calls) => async (stage, _, target) =>
    {
        foreach (var call in calls)
        {
            await stage.DoAsync(call, target);
        }

        return null;
    };

    /// <summary>Takes all the places that a connection has.</summary>
    private static async Task<TableCall?> UseUpAsync(Stage stage, Door door, Target target, string method)
    {
        var call = TableCall.Of(method, new { });
        for (var i = 0; i < TightServers.JoinedSessions; i++)
        {
            var application = call.Row.IsAboutSession ? target.ApplicationId : await stage.MakeApplicationAsync(Caller.Bob, RoleKind.Administrator, byGroup: false);
            var other = await stage.MakeSessionAsync(application, Caller.Bob, Participation.User, Presence.Open);
            Assert.Null((await door.CallAsync(call, other)).Code);
        }

        return null;
    }
}
