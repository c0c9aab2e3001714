using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions;

/// <summary>What a client calls things, and the values it gives them, come out everywhere as they went in.</summary>
public sealed class PassThroughTests : LaneTest
{
    private const string Data =
        """{"":"","A":1,"a":1.10,"constructor":{"prototype":[]},"e":1e400,"emoji":"👩‍👩‍👧","list":[],"n":12345678901234567890.0987654321,"nested":[[],{"b":null,"a":{}}],"quote\"\\":"\u0001","ÄÖ":"ä"}""";

    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["room"] = "4711",
        ["Room"] = "other",
        ["ROOM"] = "",
        ["constructor"] = "__proto__",
        ["a\"b\\c'd"] = "\"\\'<>&\u2028",
        ["tab\tline\n"] = "\u0001\u0000",
        ["Ärger 👩‍👩‍👧"] = "日本語",
        ["a=b"] = "c",
        ["a"] = "b=c",
        [" "] = " ",
        [new string('n', 500)] = new string('v', 500),
    };

    [Fact]
    public async Task Properties_CreatedOrReplaced_ComeOutUnchanged()
    {
        await Parts.Service.CreateAsync(ServerParts.Bob, new CreateSessionRequest
        {
            ApplicationId = "demo",
            SessionId = "hostile",
            Name = "\"<Ä👩>\\",
            Description = "\u2028\0",
            Properties = Properties,
        }, EventSource.Hub);
        await Parts.PatchSessionAsync(Board, new SessionPatch { Name = "\"<Ä👩>\\", Description = "\u2028\0", Properties = Properties });

        foreach (var key in new[] { ServerParts.Key("hostile"), Board })
        {
            var listed = (await Parts.Reader.ListAsync(ServerParts.Bob, new ListSessionsRequest { ApplicationId = "demo" })).Value!.Sessions;
            var state = (await StateReader.ReadAsync(Parts.Log, key.Log, SessionFold.Instance))!.State;
            Assert.All(
                [
                    await Parts.GetAsync(key),
                    listed.Single(session => session.SessionId == key.SessionId),
                    (await Followed.FeedAsync(Parts, key))[^1].Session,
                    SessionFold.Instance.Deserialize(SessionFold.Instance.Serialize(state)).Info,
                ],
                session =>
                {
                    Assert.Equal(Properties, session.Properties);
                    Assert.Equal(("\"<Ä👩>\\", "\u2028\0"), (session.Name, session.Description));
                });
            var told = JsonNode.Parse(SessionEventJson.Send(key, (await Parts.EventsAsync(key))[^1]))!["session"]!["properties"];
            Assert.Equal(Properties, told.Deserialize<Dictionary<string, string>>());
        }
    }

    [Fact]
    public async Task Properties_AskedForEachAlone_FindTheSession()
    {
        await Parts.PatchSessionAsync(Board, new SessionPatch { Properties = Properties });

        foreach (var (name, value) in Properties)
        {
            Assert.Single(await FindAsync(name, value));
            Assert.Empty(await FindAsync(name, value + "x"));
        }

        Assert.Empty(await FindAsync("rOOM", "4711"));
        Assert.Empty(await FindAsync("a=b=c", ""));
    }

    [Fact]
    public async Task Properties_LongerThanTheCatalogsTerms_AreFoundToo()
    {
        var text = new string('x', 3_000);
        await Parts.PatchSessionAsync(Board, new SessionPatch { Properties = new Dictionary<string, string> { ["long"] = text } });

        Assert.Single(await FindAsync("long", text));
        Assert.Empty(await FindAsync("long", text + "y"));
    }

    [Fact]
    public async Task Data_PatchedOrCreated_ComeOutUnchanged()
    {
        await Parts.Service.CreateAsync(
            ServerParts.Bob, new CreateSessionRequest { ApplicationId = "demo", SessionId = "hostile", Name = "Hostile", Data = Make.Tree(Data) }, EventSource.Hub);
        await Parts.PatchAsync(Board, Data);
        await Parts.Service.CreateEventAsync(ServerParts.Bob, new CreateSessionEventRequest
        {
            ApplicationId = "demo",
            SessionId = "board",
            Name = "\"Ä👩",
            Data = Make.Tree(Data),
        }, EventSource.Hub, origin: null);

        foreach (var key in new[] { ServerParts.Key("hostile"), Board })
        {
            var state = (await StateReader.ReadAsync(Parts.Log, key.Log, SessionFold.Instance))!.State;
            Assert.Equal(Data, await Parts.DataAsync(key));
            Assert.Equal(Data, SessionFold.Instance.Deserialize(SessionFold.Instance.Serialize(state)).Data.ToString());
            Assert.Equal(Data, DataOf(SessionEventJson.Send(key, (await Parts.EventsAsync(key))[1])));
        }

        var custom = SessionEventJson.Send(Board, (await Parts.EventsAsync(Board))[2]);
        Assert.Equal(Data, DataOf(custom));
        Assert.Equal("\"Ä👩", JsonNode.Parse(custom)!["name"]!.GetValue<string>());
    }

    private static string DataOf(byte[] sent) => Make.Tree(Encoding.UTF8.GetString(sent)).TryGetMember("data", out var data) ? data.ToString() : "";

    private async Task<IReadOnlyList<Session>> FindAsync(string name, string value) => (await Parts.Reader.ListAsync(
        ServerParts.Bob, new ListSessionsRequest { ApplicationId = "demo", Properties = new Dictionary<string, string> { [name] = value } })).Value!.Sessions;
}
