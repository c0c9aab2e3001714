using RealtimeSessions.LoadTester.Tests.Support;

namespace RealtimeSessions.LoadTester.Tests.Commands;

/// <summary>What a server refuses is told in a sentence, and ends with two.</summary>
[Collection(LoadServer.Name)]
public sealed class RefusalTests(LoadServer server)
{
    [Theory]
    [InlineData("refuses the token", "soak", "--token", "no-token")]
    [InlineData("load-2 cannot make the session", "soak", "--users", "load-2", "--application", "nowhere")]
    [InlineData("cannot record in demo: session_not_found", "record", "--session", "nowhere")]
    [InlineData("gave no token for load-1", "soak", "--token-command", "false")]
    public async Task Run_OfWhatIsRefused_SaysSo(string said, params string[] arguments)
    {
        var run = await CommandRun.RunAsync([.. arguments, "--url", server.Url]);

        Assert.Equal(2, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithATokenOfItsOwn_NeedsNothingElse()
    {
        var token = await server.SignInAsync("load-of-one");

        var run = await CommandRun.RunAsync("soak", "--url", server.Url, "--token", token, "--connections", "3", "--sessions", "1", "--duration", "1s");

        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.Contains("1 sessions could not be deleted, and are closed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, run.Output, StringComparison.Ordinal);
    }
}
