using RealtimeSessions.EndToEnd.Tests.Table.Calls;
using RealtimeSessions.EndToEnd.Tests.Table.Document;

namespace RealtimeSessions.EndToEnd.Tests.Table.Model;

/// <summary>The state of an application or a session.</summary>
internal enum Presence
{
    /// <summary>It is there, and open.</summary>
    Open,

    /// <summary>It is there, and closed.</summary>
    Closed,

    /// <summary>It was deleted.</summary>
    Deleted,

    /// <summary>It never was.</summary>
    Unknown,
}

/// <summary>Says how a call must end: by its row, and by what PROTOCOL.md says under "Who is told what" and "A closed session".</summary>
internal static class Oracle
{
    private const string ApplicationNotFound = "application_not_found", SessionNotFound = "session_not_found", Forbidden = "forbidden",
        SessionClosed = "session_closed", NotJoined = "not_joined", Read = "session:read";

    /// <summary>The codes that this model gives.</summary>
    public static IReadOnlyList<string> Codes { get; } = [ApplicationNotFound, SessionNotFound, Forbidden, SessionClosed, NotJoined];

    /// <summary>The code that a call is answered with; null: it succeeds. What needs a membership is called by who has tried to join before.</summary>
    /// <param name="call">The call.</param>
    /// <param name="grants">What the caller holds in the application and in the session; for a call about an application, in one session of it.</param>
    /// <param name="application">The application's state.</param>
    /// <param name="session">The session's state.</param>
    public static string? Expect(TableCall call, Grants grants, Presence application, Presence session)
    {
        var code = Judge(call, grants, application == Presence.Open, session);
        return code is null || call.Row.Errors.Contains(code)
            ? code
            : throw new FormatException($"PROTOCOL.md: by its general rules {call.Row} answers {code}, and its row does not say so.");
    }

    private static string? Judge(TableCall call, Grants grants, bool isThere, Presence session)
    {
        var reads = session is Presence.Open or Presence.Closed && grants.InSession(Read);
        return call.Row.Permission switch
        {
            PermissionRule.Free => null,
            PermissionRule.ServerAdministrators => Forbidden,
            PermissionRule.Shows when !call.Row.IsAboutApplication => null,
            PermissionRule.Shows or PermissionRule.AnyOr => isThere && (grants.HasAny || reads) ? null : ApplicationNotFound,
            PermissionRule.Needs when call.Row.NeedsMembership && !(isThere && reads) => NotJoined,
            PermissionRule.Needs needs when call.Row.IsAboutSession => !isThere || !reads
                ? isThere && grants.HasAny ? SessionNotFound : ApplicationNotFound
                : JudgeInSession(call, needs, grants, session),
            PermissionRule.Needs needs => !isThere || !grants.HasAny ? ApplicationNotFound : grants.InApplication(needs.Permission) ? null : Forbidden,
            var other => throw new FormatException($"No rule for {other}."),
        };
    }

    /// <summary>What happens to a caller who reads the session.</summary>
    private static string? JudgeInSession(TableCall call, PermissionRule.Needs needs, Grants grants, Presence session)
    {
        var permissions = call.Needed(needs);
        if (!permissions.All(grants.InSession) || (call.Gives is { } role && !grants.Covers(role)))
        {
            return Forbidden;
        }

        var isChange = call.Row.Method == "SendSignal"
            || (call.Row.Events.Count > 0 && !call.Row.Events.Contains("session_deleted") && !call.Row.Events.Contains("session_participant_removed"));
        return session == Presence.Closed && isChange ? SessionClosed : null;
    }
}
