using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.JavaScript;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>The TypeScript client's own scripts against real servers: what its README begins with, clients whose connections are cut, a client that changes what it has joined.</summary>
public abstract class LiveScriptTests(Deployment deployment) : HubTest(deployment)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData("readme.mjs")]
    [InlineData("readme.mjs", "--messagepack")]
    [InlineData("sessions.mjs")]
    [InlineData("sessions.mjs", "--messagepack")]
    [InlineData("requests.mjs")]
    [InlineData("requests.mjs", "--messagepack")]
    [InlineData("conversations.mjs")]
    [InlineData("conversations.mjs", "--messagepack")]
    [InlineData("watching.mjs")]
    [InlineData("watching.mjs", "--messagepack")]
    [InlineData("spaces.mjs")]
    [InlineData("spaces.mjs", "--messagepack")]
    public async Task Script_AgainstAServer_Passes(string script, params string[] more)
    {
        var folder = Path.Combine(Node.Package("typescript", "dist/index.js"), "test/live");
        var output = await Node.RunAsync(script, folder, Patience, ["--url", First.Address.GetLeftPart(UriPartial.Authority), .. more]);
        Assert.EndsWith("passed\n", output, StringComparison.Ordinal);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : LiveScriptTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : LiveScriptTests(deployment);
}
