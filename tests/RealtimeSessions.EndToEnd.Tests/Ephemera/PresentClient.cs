using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Ephemera;

/// <summary>A connection that is in a session with presence, and keeps who else is, as PROTOCOL.md says.</summary>
internal sealed class PresentClient
{
    private PresentClient(HubClient hub, SessionRef session, string connectionId) => (Hub, Session, ConnectionId) = (hub, session, connectionId);

    public HubClient Hub { get; }

    public SessionRef Session { get; }

    /// <summary>Its id, as others see it.</summary>
    public string ConnectionId { get; }

    /// <summary>Who is there; null before it was told.</summary>
    public JsonObject? People { get; private set; }

    /// <summary>How often it was told all.</summary>
    public int Wholes { get; private set; }

    /// <summary>How often it was told a difference.</summary>
    public int Differences { get; private set; }

    /// <summary>Whatever else it was told, in order.</summary>
    public List<HubCallback> Others { get; } = [];

    public IEnumerable<HubCallback> Signals => Others.Where(callback => callback.Name == "SessionSignal");

    /// <summary>Joins.</summary>
    public static async Task<PresentClient> JoinAsync(HubClient hub, SessionRef session, object? presence = null)
    {
        var joined = await hub.CallAsync("JoinSession", session.With(new { echo = true, presence = presence ?? true }));
        return new PresentClient(hub, session, joined.GetProperty("connectionId").GetString()!);
    }

    public Task<JsonElement> UpdateAsync(object state) => Hub.CallAsync("UpdatePresence", Session.With(new { state }));

    public Task<JsonElement> SendAsync(string name, object? data = null, string? to = null) => Hub.SignalAsync(Session, name, data, to);

    /// <summary>Reads what it is told until something holds.</summary>
    /// <param name="holds">What.</param>
    /// <param name="patience">How long it may take.</param>
    public async Task UntilAsync(Func<bool> holds, TimeSpan? patience = null)
    {
        using var end = new CancellationTokenSource(patience ?? Callbacks.Patience);
        while (!holds())
        {
            try
            {
                Take(await Hub.Callbacks.ReadAsync(end.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
            {
                Assert.Fail($"{exception.GetType().Name}: it knows {People?.ToJsonString()}; the last it heard is {Others.LastOrDefault()}");
            }
        }
    }

    /// <summary>Reads what it is told until it knows just these people.</summary>
    /// <param name="people">A name stands for the id of the connection of that name.</param>
    /// <param name="clients">The connections by their names.</param>
    public Task UntilAsync(string people, params (string Name, PresentClient Client)[] clients)
    {
        var expected = JsonNode.Parse(clients.Aggregate(
            people, (text, pair) => text.Replace($"\"{pair.Name}\"", $"\"{pair.Client.ConnectionId}\"", StringComparison.Ordinal)));
        return UntilAsync(() => JsonNode.DeepEquals(expected, People));
    }

    /// <summary>Reads everything that has come so far: whatever was sent before this call.</summary>
    public async Task DrainAsync()
    {
        // Its own event comes behind everything that was written to it before.
        var mark = Guid.NewGuid().ToString();
        await Hub.SendEventAsync(Session, mark);
        await UntilAsync(() => Others.Count > 0 && Others[^1].Argument.TryGetProperty("name", out var name) && name.GetString() == mark);
    }

    private void Take(HubCallback callback)
    {
        switch (callback.Name)
        {
            case "SessionPresence":
                Wholes++;
                People = (JsonObject)PeopleOf(callback);
                break;
            case "SessionPresenceUpdated":
                Differences++;
                Assert.NotNull(People);
                Merge(People, (JsonObject)PeopleOf(callback));
                break;
            default:
                Others.Add(callback);
                break;
        }
    }

    private static JsonNode PeopleOf(HubCallback callback) => JsonNode.Parse(callback.Argument.GetProperty("people").GetRawText())!;

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                Assert.True(into.Remove(name), $"{name} went and was not there.");
            }
            else if (value is JsonObject change)
            {
                into[name] = into[name] as JsonObject ?? [];
                Merge((JsonObject)into[name]!, change);
            }
            else
            {
                into[name] = value.DeepClone();
            }
        }
    }
}

/// <summary>Calls for what is of the moment.</summary>
internal static class EphemeralCalls
{
    public static Task<JsonElement> SignalAsync(this HubClient hub, SessionRef session, string name, object? data = null, string? to = null) =>
        hub.CallAsync("SendSignal", session.With(new { name, data, to }));
}
