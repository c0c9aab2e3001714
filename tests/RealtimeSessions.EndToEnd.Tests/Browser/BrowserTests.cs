using System.Text;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.JavaScript;

namespace RealtimeSessions.EndToEnd.Tests.Browser;

/// <summary>A page of another origin, in a real browser, with the official client.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class BrowserTests(EmbeddedDeployment deployment) : HubTest(deployment)
{
    private const string Page = """
        <!doctype html>
        <meta charset="utf-8">
        <title>Page</title>
        <script src="/signalr.js"></script>
        <script>
          async function join(url, session) {
            const body = JSON.stringify({ user: "bob" }), headers = { "Content-Type": "application/json" };
            const { accessToken } = await (await fetch(url + "dev/sign-in", { method: "POST", headers, body })).json();
            window.received = [];
            window.hub = new signalR.HubConnectionBuilder().withUrl(url + "hub", { skipNegotiation: true,
              transport: signalR.HttpTransportType.WebSockets, accessTokenFactory: () => accessToken }).build();
            hub.on("SessionReset", e => received.push(["reset", e.data]));
            hub.on("SessionDataUpdated", e => received.push([e.userId, e.data]));
            await hub.start();
            await hub.invoke("JoinSession", session);
            return (await hub.invoke("PatchSessionData", { ...session, data: { page: "été 😀" } })).position.sequence;
          }
        </script>
        """;

    [Fact]
    public async Task Page_OfAnotherOrigin_SignsInJoinsPatchesAndHears()
    {
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync(new { a = 1 }, "bob");
        await alice.JoinAsync(session);
        await alice.NextAsync("SessionReset");
        await using var server = PageServer.Start(new Dictionary<string, byte[]>
        {
            ["/index.html"] = Encoding.UTF8.GetBytes(Page),
            ["/signalr.js"] = await File.ReadAllBytesAsync(Node.Module("@microsoft/signalr/dist/browser/signalr.js")),
            ["/favicon.ico"] = [],
        });
        await using var browser = await Chromium.StartAsync();
        var page = await browser.OpenPageAsync();
        var problems = new List<string>();
        page.Console += (_, message) => problems.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => problems.Add(error);
        await page.GotoAsync(server.Address.ToString());

        var arguments = new { url = First.Address.ToString(), session = session.With().ToDictionary(member => member.Key, member => (string?)member.Value) };
        var sequence = await page.EvaluateAsync<long>("({ url, session }) => join(url, session)", arguments);
        var heard = await alice.NextAsync("SessionDataUpdated");
        await alice.PatchAsync(session, new { a = 2 });
        await page.WaitForFunctionAsync("() => received.length === 2");

        Assert.Equal(sequence, heard.Sequence());
        Assert.Equal("été 😀", heard.GetProperty("data").GetProperty("page").GetString());
        Assert.Equal("[[\"reset\",{\"a\":1}],[\"alice\",{\"a\":2}]]", await page.EvaluateAsync<string>("() => JSON.stringify(received)"));
        Assert.Empty(problems);
    }
}
