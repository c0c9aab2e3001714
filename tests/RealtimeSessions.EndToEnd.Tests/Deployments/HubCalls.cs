using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Deployments;

/// <summary>A session of the demo application.</summary>
internal sealed record SessionRef(string SessionId)
{
    public const string ApplicationId = "demo";

    /// <summary>An id that no other test has.</summary>
    public static SessionRef New() => new(Guid.CreateVersion7().ToString());

    /// <summary>A request about it.</summary>
    public JsonObject With(object? more = null)
    {
        var request = more is null ? [] : (JsonObject)JsonSerializer.SerializeToNode(more, JsonSerializerOptions.Web)!;
        request["applicationId"] = ApplicationId;
        request["sessionId"] = SessionId;
        return request;
    }
}

/// <summary>The hub's methods as the tests call them.</summary>
internal static class HubCalls
{
    private const int PageSize = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<SessionRef> CreateSessionAsync(this HubClient client, object? data = null, params string[] participants)
    {
        var session = SessionRef.New();
        await client.CallAsync("CreateSession", session.With(new
        {
            name = "A session",
            data = data ?? new { },
            participants = participants.Select(id => new { id }),
        }));
        return session;
    }

    public static Task<JsonElement> JoinAsync(this HubClient client, SessionRef session, object? since = null, bool echo = false) =>
        client.CallAsync("JoinSession", session.With(new { since, echo }));

    public static Task<JsonElement> PatchAsync(this HubClient client, SessionRef session, object data, string? writerId = null, long? number = null) =>
        client.CallAsync("PatchSessionData", session.With(new { data, writerId, writerSequence = number }));

    public static Task<JsonElement> SendEventAsync(
        this HubClient client, SessionRef session, string name, object? data = null, string? writerId = null, long? number = null) =>
        client.CallAsync("CreateSessionEvent", session.With(new { name, data, writerId, writerSequence = number }));

    public static async Task<JsonElement> GetDataAsync(this HubClient client, SessionRef session) =>
        (await client.CallAsync("GetSessionData", session.With())).GetProperty("data");

    /// <summary>Every event after a sequence, page by page.</summary>
    public static async Task<List<JsonElement>> ListEventsAsync(this HubClient client, SessionRef session, long after = 0)
    {
        var events = new List<JsonElement>();
        while (true)
        {
            var page = await client.CallAsync("ListSessionEvents", session.With(new { after, limit = PageSize }));
            var count = events.Count;
            events.AddRange(page.GetProperty("events").EnumerateArray());
            if (events.Count == count)
            {
                return events;
            }

            after = events[^1].Sequence();
        }
    }

    /// <summary>Waits until the storage answers again.</summary>
    public static async Task UntilAvailableAsync(this HubClient client, SessionRef session)
    {
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        while (true)
        {
            try
            {
                await client.GetDataAsync(session);
                return;
            }
            catch (HubCallException refused) when (refused.Code == "unavailable")
            {
                await Task.Delay(Pause, patience.Token);
            }
        }
    }

    /// <summary>The error that a call is answered with.</summary>
    public static async Task<HubCallException> RefusedAsync(this Task<JsonElement> call) => await Assert.ThrowsAsync<HubCallException>(() => call);
}
