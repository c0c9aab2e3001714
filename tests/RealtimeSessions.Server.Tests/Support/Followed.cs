using System.Text.Json;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>What the catalog and the feed are to tell of a session: what its log tells.</summary>
internal static class Followed
{
    /// <summary>The changes of a session that its application's feed holds.</summary>
    public static async Task<IReadOnlyList<FeedEvent>> FeedAsync(ServerParts server, SessionKey key) =>
    [
        .. (await ReadAsync(server, FeedEvent.Log(key.ApplicationId))).Select(FeedEvent.Read).OfType<FeedEvent>()
            .Where(next => next.Session.SessionId == key.SessionId),
    ];

    /// <summary>The session as the catalog holds it; null: it does not.</summary>
    public static async Task<Session?> EntryAsync(ServerParts server, SessionKey key) =>
        await server.Catalog.GetAsync($"sessions/{key.ApplicationId}", key.SessionId) is { } entry ? SessionSummaries.Read(entry).Session : null;

    /// <summary>The events of a log that the feed is to hold.</summary>
    public static async Task<IReadOnlyList<LogEvent>> ToldAsync(ServerParts server, SessionKey key) =>
        [.. (await ReadAsync(server, key.Log)).Where(SessionEventJson.ChangesInfo)];

    /// <summary>Asserts that the feed has every change once, in order, each with the session after it, and the catalog the last of them.</summary>
    public static async Task AssertAsync(ServerParts server, SessionKey key)
    {
        var feed = await FeedAsync(server, key);
        SessionState? state = null;
        foreach (var next in feed)
        {
            var change = next.Change();
            Assert.True(change.Sequence > (state?.InfoSequence ?? 0), "The feed has a change twice, or out of order.");
            Assert.Equal(state is null ? null : Json(Sorted(state.Info)), next.Before() is { } before ? Json(Sorted(before with
            {
                Name = state!.Info.Name,
                Description = state.Info.Description,
                Status = state.Info.Status,
                ModifiedBy = state.Info.ModifiedBy,
                ModifiedAt = state.Info.ModifiedAt,
            })) : null);
            state = SessionFold.Instance.Apply(state, new LogEvent(change.Sequence, change.EventId, change.CreatedAt, next.Event.Utf8));
            Assert.Equal(Json(state.Info), Json(next.Session));
        }

        var entry = await EntryAsync(server, key);
        if (await server.Log.ReadAsync(key.Log, 0, 0) is null)
        {
            Assert.Null(entry);
            Assert.True(state is null or { IsDeleted: true });
            return;
        }

        Assert.Equal(
            (await ToldAsync(server, key)).Select(next => (next.Sequence, next.EventId)),
            feed.Select(next => next.Change()).Select(next => (next.Sequence, next.EventId)));
        Assert.Equal(Json(state!.Info), Json(entry!));
    }

    private static async Task<IReadOnlyList<LogEvent>> ReadAsync(ServerParts server, LogId log)
    {
        var events = new List<LogEvent>();
        while (await server.Log.ReadAsync(log, events.Count, 10_000) is { Events: { Count: > 0 } page })
        {
            events.AddRange(page);
        }

        return events;
    }

    private static Session Sorted(Session session) =>
        session with { Participants = [.. session.Participants.OrderBy(participant => (participant.Type, participant.Id))] };

    private static string Json(Session session) => JsonSerializer.Serialize(session, ProtocolJsonContext.Default.Session);
}
