using System.Buffers.Text;
using System.Text;
using RealtimeSessions.LoadTester.Identity;
using RealtimeSessions.Testing;

namespace RealtimeSessions.LoadTester.Tests.Identity;

public sealed class TokenTests
{
    private int _fetched;

    [Fact]
    public async Task Get_WhileATokenHolds_FetchesOnce()
    {
        var tokens = new KeptTokens(FetchAsync(expires: null), TimeProvider.System);

        string[] got = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tokens.GetAsync("alice", default).AsTask()));

        Assert.Equal(["alice 1"], got.Distinct());
        Assert.Equal("bob 2", await tokens.GetAsync("bob", default));
    }

    [Fact]
    public async Task Get_AfterARefusal_FetchesAgain()
    {
        var tokens = new KeptTokens(FetchAsync(expires: null), TimeProvider.System);
        tokens.Refused("alice", await tokens.GetAsync("alice", default));
        Assert.Equal("alice 2", await tokens.GetAsync("alice", default));

        tokens.Refused("alice", "alice 1");

        Assert.Equal("alice 2", await tokens.GetAsync("alice", default));
    }

    [Fact]
    public async Task Get_NearTheExpiry_FetchesAgain()
    {
        var time = new VirtualTime();
        var tokens = new KeptTokens(FetchAsync(time.GetUtcNow().AddMinutes(10)), time);
        var first = await tokens.GetAsync("alice", default);
        time.Advance(TimeSpan.FromMinutes(8));
        Assert.Equal(first, await tokens.GetAsync("alice", default));

        time.Advance(TimeSpan.FromMinutes(1.5));

        Assert.NotEqual(first, await tokens.GetAsync("alice", default));
    }

    [Fact]
    public async Task Fetch_ByACommand_PassesTheNameAsItIs()
    {
        const string Name = "a b\"; echo $HOME `id` 'x'";
        var command = new TokenCommand(["sh", "-c", "printf '%s' \"$1|$REALTIME_USER\" | base64 -w0", "sh", "<{user}>"]);

        var token = Encoding.UTF8.GetString(Convert.FromBase64String(await command.FetchAsync(Name, default)));

        Assert.Equal($"<{Name}>|{Name}", token);
    }

    [Theory]
    [InlineData("echo no >&2; exit 3", "(exit code 3). no")]
    [InlineData("exit 0", "(exit code 0).")]
    [InlineData("echo two words", "(exit code 0).")]
    public async Task Fetch_ByACommandThatGivesNone_TellsWhatItSaid(string script, string said)
    {
        var exception = await Assert.ThrowsAsync<LoadException>(() => new TokenCommand(["sh", "-c", script]).FetchAsync("alice", default));

        Assert.EndsWith(said, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ByNoCommand_SaysSo() =>
        await Assert.ThrowsAsync<LoadException>(() => new TokenCommand(["there-is-no-such-program"]).FetchAsync("alice", default));

    private Func<string, CancellationToken, Task<string>> FetchAsync(DateTimeOffset? expires) => (user, _) => Task.FromResult(
        expires is { } at
            ? $"{++_fetched}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"exp":{{at.ToUnixTimeSeconds()}}}"""))}.x"
            : $"{user} {++_fetched}");
}
