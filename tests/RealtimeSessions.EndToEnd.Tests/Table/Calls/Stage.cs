using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.EndToEnd.Tests.Table.Model;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>Makes what is to be called about, over every server in turn.</summary>
/// <param name="doors">The doors of the user who may do everything.</param>
/// <param name="guest">The doors of <see cref="Caller.Guest"/>, who tells when what was made has reached a server.</param>
internal sealed class Stage(Doors doors, Doors guest)
{
    /// <summary>The user who may do everything; nobody else may create applications.</summary>
    public const string User = "alice";

    /// <summary>A role of <see cref="Caller.Guest"/>, made last.</summary>
    public const string SpareRole = "Spare";

    // The promise is a second; a busy machine may take longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TableRow Roles = ProtocolDocument.Row("POST /applications/{applicationId}/roles");

    /// <summary>Makes an application in which a caller has a role.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="role">His role.</param>
    /// <param name="byGroup">Whether he has it by his group.</param>
    /// <returns>The application's id.</returns>
    public async Task<string> MakeApplicationAsync(Caller caller, RoleKind role, bool byGroup)
    {
        var target = new Target($"table-{Guid.NewGuid():N}");
        var holder = byGroup ? new { id = caller.Group, type = "group" } : new { id = caller.User, type = "user" };
        await DoAsync(TableCall.Of("POST /applications", new { name = "An application" }), target);
        await MakeRoleAsync(target, RoleKind.Anywhere);
        if (role.IsDefault)
        {
            await DoAsync(
                TableCall.Of("POST /applications/{applicationId}/roles/{name}/participants", new { name = role.Name, participant = holder }), target);
        }
        else if (role != RoleKind.None)
        {
            await MakeRoleAsync(target, role, holder);
        }

        await MakeRoleAsync(target, new RoleKind(SpareRole, ["application:read"]), new { id = Caller.Guest, type = "user" });
        await WaitAsync(target, isThere: true);
        return target.ApplicationId;
    }

    /// <summary>Deletes an application.</summary>
    public async Task DeleteAsync(Target target)
    {
        await DoAsync(TableCall.Of("DELETE /applications/{applicationId}", new { }), target);
        await WaitAsync(target, isThere: false);
    }

    /// <summary>Makes a session in which a caller takes part, and closes or deletes it.</summary>
    public async Task<Target> MakeSessionAsync(string applicationId, Caller caller, Participation participation, Presence presence)
    {
        var target = new Target(applicationId, Guid.CreateVersion7().ToString());
        if (presence != Presence.Unknown)
        {
            await DoAsync(
                TableCall.Of("CreateSession", new { sessionId = target.SessionId, name = "A session", participants = participation.EntriesOf(caller) }), target);
        }

        if (presence is Presence.Closed or Presence.Deleted)
        {
            await DoAsync(TableCall.Of(presence == Presence.Closed ? "CloseSession" : "DeleteSession", new { }), target);
        }

        return target;
    }

    /// <summary>Everything that a call could change, in text.</summary>
    public async Task<string> DescribeAsync(Target target)
    {
        string[] keys = target.SessionId is null ? ["GetApplication", "ListRoles", "ListSessions"] : ["GetSession", "GetSessionData", "ListSessionEvents"];
        var outcomes = await Task.WhenAll(keys.Select(key => doors.Hub.CallAsync(TableCall.Of(key, new { }), target)));
        return string.Join('\n', outcomes.Select(outcome => outcome.Code ?? outcome.Answer.GetRawText()));
    }

    /// <summary>Calls what must succeed.</summary>
    public async Task<Outcome> DoAsync(TableCall call, Target target)
    {
        var outcome = await (call.Row.Method is null ? doors.Rest : doors.Hub).CallAsync(call, target);
        Assert.True(outcome.Code is null, $"{call} by {User}: {outcome} {outcome.Answer}");
        return outcome;
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < Patience, otherwise);
            await Task.Delay(10);
        }
    }

    /// <summary>Waits until every server knows what was last made of an application: that it is there, or that it is not.</summary>
    public async Task WaitAsync(Target target, bool isThere)
    {
        var call = TableCall.Of("ListSessions", new { });
        foreach (var server in guest.RestOfEachServer)
        {
            await UntilAsync(
                async () => (await server.CallAsync(call, target)).Code is null == isThere, "A right that was given or taken has not reached every server.");
        }
    }

    private Task MakeRoleAsync(Target target, RoleKind role, params object[] participants) =>
        DoAsync(TableCall.Of(Roles.Key, new { name = role.Name, permissions = role.Permissions, participants }), target);
}
