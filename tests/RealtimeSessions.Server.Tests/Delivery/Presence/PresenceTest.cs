using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

/// <summary>A server with one session, <c>board</c>, that Bert may write and Carol may read, on a clock that stands still until it is advanced.</summary>
public abstract class PresenceTest : DeliveryTest
{
    /// <summary>Long enough for anything to be told.</summary>
    protected static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AddAsync(Board, Of(ServerParts.Bert));
        await AddAsync(Board, Of(ServerParts.Carol));
    }

    /// <summary>Joins, and waits until the member is at the head; what it is told at first is read, but for who is there.</summary>
    /// <param name="caller">Who joins.</param>
    /// <param name="presence">What he joins with, JSON; null: nothing.</param>
    /// <param name="buffer">How many bytes may wait unread.</param>
    /// <param name="server">The server; null: the first.</param>
    internal async Task<TestClient> EnterAsync(Caller caller, string? presence = "true", long buffer = 64 * 1024 * 1024, ServerParts? server = null)
    {
        var client = new TestClient(caller, buffer);
        await JoinAsync(client, presence, server);
        Assert.Equal("SessionReset", (await client.NextAsync()).Target);
        await Wait.UntilAsync(() => client.Connection.Sessions.Find(Board) is { IsCatchingUp: false });
        return client;
    }

    internal async Task<JoinedSession> JoinAsync(TestClient client, string? presence, ServerParts? server = null)
    {
        var joined = await (server ?? Parts).Delivery.JoinAsync(client.Connection, new JoinSessionRequest
        {
            ApplicationId = "demo",
            SessionId = "board",
            Presence = presence is null ? null : Make.Tree(presence),
        }).WaitAsync(Patience);
        Assert.Null(joined.Error);
        return joined.Value!;
    }

    internal Result<Empty> Update(TestClient client, string patch, ServerParts? server = null) => (server ?? Parts).Delivery.UpdatePresence(
        client.Connection, new UpdatePresenceRequest { ApplicationId = "demo", SessionId = "board", State = Make.Tree(patch) });

    internal Result<Empty> Send(TestClient client, string name, string? data = null, string? to = null, ServerParts? server = null) =>
        (server ?? Parts).Delivery.SendSignal(client.Connection, new SendSignalRequest
        {
            ApplicationId = "demo",
            SessionId = "board",
            Name = name,
            Data = data is null ? null : Make.Tree(data),
            To = to,
        });

    /// <summary>People as a client gets them: names stand for the connections of the clients.</summary>
    internal static string People(string people, params (string Name, TestClient Client)[] clients) =>
        clients.Aggregate(people, (text, pair) => text.Replace($"\"{pair.Name}\"", $"\"{pair.Client.Context.ConnectionId}\"", StringComparison.Ordinal));

    /// <summary>Reads the next callback, which must tell of these people.</summary>
    internal static async Task AssertToldAsync(TestClient client, string callback, string people, params (string Name, TestClient Client)[] clients)
    {
        var next = await client.NextAsync();
        Assert.Equal(callback, next.Target);
        Assert.Equal(("demo", "board"), (next.Argument["applicationId"]!.GetValue<string>(), next.Argument["sessionId"]!.GetValue<string>()));
        Assert.Equal(Make.Tree(People(people, clients)), Make.Tree(next.Argument["people"]!.ToJsonString()));
    }

    /// <summary>Reads what a client is told until it knows just these people.</summary>
    internal static async Task AssertComesToKnowAsync(TestClient client, string people, params (string Name, TestClient Client)[] clients)
    {
        var (known, expected) = (JsonTree.Null, Make.Tree(People(people, clients)));
        while (!known.Equals(expected))
        {
            var next = await client.NextAsync();
            if (next.Target is "SessionPresence" or "SessionPresenceUpdated")
            {
                var told = Make.Tree(next.Argument["people"]!.ToJsonString());
                Assert.True(next.Target == "SessionPresence" || !known.IsNull, "A difference came before the whole.");
                known = next.Target == "SessionPresence" ? told : MergePatch.Apply(known, told);
            }
        }
    }
}
