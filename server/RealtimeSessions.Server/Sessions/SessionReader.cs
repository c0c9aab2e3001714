using System.Globalization;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Reads sessions. Whatever was acknowledged before a call began, on any server, is in its answer.</summary>
internal sealed class SessionReader(LiveSessions sessions, SessionSummaries summaries, ApplicationCache applications, RolelessParticipants roleless)
{
    private const int DefaultPage = 100;

    public async Task<Result<Session>> GetAsync(Caller caller, SessionKey key) =>
        (await ReadAsync(caller, key)).TryGet(out var state, out var error) ? state.State.Info : error;

    /// <summary>Reads a session's state for a caller who may read it.</summary>
    public async Task<Result<ReplicaState<SessionState>>> ReadAsync(Caller caller, SessionKey key)
    {
        if (!key.IsWellFormed)
        {
            return await RefusalOfIllFormedAsync(caller, key);
        }

        using var lease = sessions.Rent(key);
        var replica = await lease.Log.OpenAsync();
        var state = replica is null ? null : await replica.ReadLatestAsync();
        var application = await applications.GetAsync(key.ApplicationId);
        if (SessionPolicy.Refusal(application, state?.State.Existing, caller, Permissions.SessionRead) is not { } refusal)
        {
            return state!;
        }

        roleless.Note(application, state?.State.Existing, caller);
        return refusal;
    }

    /// <summary>What a caller is told of a session whose ids cannot be those of one: the same as of any other that is not there.</summary>
    public async Task<Error> RefusalOfIllFormedAsync(Caller caller, SessionKey key)
    {
        var application = SessionKey.IsApplicationId(key.ApplicationId) ? await applications.GetAsync(key.ApplicationId) : null;
        return SessionPolicy.Refusal(application, session: null, caller, Permissions.SessionRead)!;
    }

    public async Task<Result<SessionPage>> ListAsync(Caller caller, ListSessionsRequest request)
    {
        if (!TryReadCursor(request.Cursor, out var cursor))
        {
            return Error.InvalidArgument("$.cursor", "must be the cursor of the page before.");
        }

        var application = SessionKey.IsApplicationId(request.ApplicationId) ? await applications.GetAsync(request.ApplicationId) : null;
        if (application is null)
        {
            return SessionPolicy.ApplicationNotFound;
        }

        var permissions = application.PermissionsOf(caller);
        var participant = permissions.HasFlag(Permissions.SessionReadAny) ? null : caller;
        var (found, limit) = (new List<Session>(), request.Limit ?? DefaultPage);
        CatalogPage page;
        do
        {
            page = await summaries.FindAsync(request, participant, cursor, limit - found.Count);
            found.AddRange(page.Entries.Select(entry => SessionSummaries.Read(entry).Session)
                .Where(session => application.PermissionsIn(session, caller).HasFlag(Permissions.SessionRead)));
            cursor = page.Next;
        }
        while (found.Count < limit && cursor is not null);

        return found.Count == 0 && request.Cursor is null && permissions == Permissions.None
            ? SessionPolicy.ApplicationNotFound
            : new SessionPage(found, cursor is { } next ? WriteCursor(next) : null);
    }

    private static string WriteCursor(CatalogCursor cursor) => string.Create(CultureInfo.InvariantCulture, $"{cursor.Value}-{cursor.Id}");

    private static bool TryReadCursor(string? text, out CatalogCursor? cursor)
    {
        cursor = null;
        if (text is null)
        {
            return true;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || !SessionKey.IsSessionId(text[(dash + 1)..]))
        {
            return false;
        }

        cursor = new CatalogCursor(value, text[(dash + 1)..]);
        return true;
    }
}
