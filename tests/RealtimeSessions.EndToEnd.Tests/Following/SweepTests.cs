using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Following;

/// <summary>A server that is killed while sessions change leaves nothing behind that does not come right by itself.</summary>
public sealed class SweepTests
{
    private const int Kills = 6;
    private const int MaximumSessions = 40;
    private const int LastMoment = 50;
    private const int Writers = 8;

    [Fact]
    public async Task Kills_WhileSessionsChange_LeaveLogListAndFeedInAgreement()
    {
        using var folder = new TemporaryFolder();
        var settings = ImmutableDictionary<string, string>.Empty.Add("Storage__Directory", folder.Path).Add("Sessions__SweepAfter", "00:00:01");
        var random = new Random(4);
        var sessions = new ConcurrentBag<SessionRef>();
        var feed = new List<HubCallback>();
        object? since = null;
        for (var round = 0; round < Kills; round++)
        {
            await using var server = await ServerProcess.StartAsync(settings);
            var token = await server.SignInAsync("alice");
            await using var watcher = await HubClient.ConnectAsync(server.Address, token);
            var watching = await watcher.CallAsync("WatchApplication", new { applicationId = SessionRef.ApplicationId, since });
            Assert.Equal(since is not null, watching.GetProperty("recovered").GetBoolean());
            since ??= new { epoch = watching.Epoch(), sequence = watching.Sequence() };
            var load = Enumerable.Range(0, Writers).Select(writer => ChangeAsync(server, token, sessions)).ToArray();
            var enough = sessions.Count + random.Next(Writers, MaximumSessions);
            while (sessions.Count < enough)
            {
                await Task.Delay(random.Next(LastMoment));
            }

            await server.KillAsync();
            await Task.WhenAll(load);
            server.AssertNoErrors();
            feed.AddRange(await DrainAsync(watcher));
            if (feed.Count > 0)
            {
                var last = feed[^1].Argument.GetProperty("feed");
                since = new { epoch = last.GetProperty("epoch").GetString(), sequence = last.GetProperty("sequence").GetInt64() };
            }
        }

        await using var healed = await ServerProcess.StartAsync(settings);
        await using var client = await HubClient.ConnectAsync(healed.Address, await healed.SignInAsync("alice"));
        await client.CallAsync("WatchApplication", new { applicationId = SessionRef.ApplicationId, since });
        var clock = Stopwatch.StartNew();
        string? difference;
        while ((difference = await DifferenceAsync(client, sessions, feed)) is not null && clock.Elapsed < Patience)
        {
            await Task.Delay(200);
        }

        Assert.Null(difference);
        Assert.True(feed.Count > Kills * Writers, $"Only {feed.Count} changes were made.");
        healed.AssertNoErrors();
    }

    /// <summary>Makes sessions and changes them until the server is gone.</summary>
    private static async Task ChangeAsync(ServerProcess server, string token, ConcurrentBag<SessionRef> sessions)
    {
        try
        {
            await using var client = await HubClient.ConnectAsync(server.Address, token);
            while (true)
            {
                var session = SessionRef.New();
                sessions.Add(session);
                await client.CallAsync("CreateSession", session.With(new { name = "A session", data = new { a = 1 } }));
                await Task.WhenAll(
                    client.CallAsync("UpdateSessionName", session.With(new { name = "Renamed" })),
                    client.PatchAsync(session, new { b = 2 }),
                    client.CallAsync("AddSessionParticipant", session.With(new { participant = new { id = "bob" } })));
                await client.CallAsync(sessions.Count % 2 == 0 ? "CloseSession" : "UpdateSessionProperties", session.With());
            }
        }
        catch (Exception exception) when (exception is ConnectionLostException or HubRefusedException or System.Net.WebSockets.WebSocketException)
        {
            // The server is gone.
        }
    }

    private static async Task<List<HubCallback>> DrainAsync(HubClient watcher)
    {
        var told = new List<HubCallback>();
        await foreach (var callback in watcher.Callbacks.ReadAllAsync())
        {
            if (callback.Argument.TryGetProperty("feed", out _))
            {
                told.Add(callback);
            }
        }

        return told;
    }

    /// <summary>What a log, the list or the feed tells otherwise; null: they agree.</summary>
    private static async Task<string?> DifferenceAsync(HubClient client, IEnumerable<SessionRef> sessions, List<HubCallback> feed)
    {
        while (client.Callbacks.TryRead(out var callback))
        {
            if (callback.Argument.TryGetProperty("feed", out _))
            {
                feed.Add(callback);
            }
        }

        var listed = await ListAsync(client);
        var bySession = feed.ToLookup(told => told.Argument.GetProperty("sessionId").GetString(), told => EventId(told.Argument));
        foreach (var session in sessions)
        {
            JsonElement info;
            try
            {
                info = await client.CallAsync("GetSession", session.With());
            }
            catch (HubCallException missing) when (missing.Code == "session_not_found")
            {
                if (listed.ContainsKey(session.SessionId) || bySession.Contains(session.SessionId))
                {
                    return $"{session.SessionId} was never made, and is listed or in the feed";
                }

                continue;
            }

            var log = (await client.ListEventsAsync(session)).Where(next => next.GetProperty("eventType").GetString() != "session_data_updated").Select(EventId);
            if (!log.SequenceEqual(bySession[session.SessionId]))
            {
                return $"The feed tells otherwise of {session.SessionId}: {bySession[session.SessionId].Count()} changes";
            }

            if (!listed.TryGetValue(session.SessionId, out var entry) || entry != info.GetRawText())
            {
                return $"The list tells otherwise of {session.SessionId}: {entry}";
            }
        }

        return null;
    }

    private static async Task<Dictionary<string, string>> ListAsync(HubClient client)
    {
        var listed = new Dictionary<string, string>();
        foreach (var status in (string[])["open", "closed"])
        {
            string? cursor = null;
            do
            {
                var page = await client.CallAsync("ListSessions", new { applicationId = SessionRef.ApplicationId, status, limit = 1_000, cursor });
                foreach (var session in page.GetProperty("sessions").EnumerateArray())
                {
                    // One that is closed between the two walks is found by both.
                    listed[session.GetProperty("sessionId").GetString()!] = session.GetRawText();
                }

                cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            }
            while (cursor is not null);
        }

        return listed;
    }

    private static Guid EventId(JsonElement next) => next.GetProperty("eventId").GetGuid();
}
