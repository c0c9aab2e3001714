using RealtimeSessions.LoadTester.Commands;
using RealtimeSessions.LoadTester.Tests.Support;

namespace RealtimeSessions.LoadTester.Tests.Commands;

public sealed class CommandLineTests
{
    // Nothing listens there.
    private const string Nobody = "http://127.0.0.1:9";

    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "a", "--speed", "fast")]
    [InlineData("replay", "a", "--copies", "0")]
    [InlineData("replay", "a", "--client", "none")]
    [InlineData("soak", "--rate", "-1")]
    [InlineData("soak", "--connections", "3", "--sessions", "4")]
    [InlineData("soak", "--duration", "long")]
    [InlineData("soak", "--reconnect-rate", "often")]
    [InlineData("soak", "--url", "localhost")]
    [InlineData("soak", "--application", "Demo Application")]
    [InlineData("soak", "--session", "a b")]
    [InlineData("soak", "--users", "0")]
    [InlineData("soak", "--token", "t", "--users", "3")]
    [InlineData("soak", "--token-command", " ")]
    [InlineData("record", "--protocol", "json")]
    [InlineData("dance")]
    public async Task Run_WithAWrongCommandLine_EndsWithTwo(params string[] arguments)
    {
        var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, run.Code);
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("soak", "--url", Nobody)]
    [InlineData("record", "--url", Nobody, "--session", "welcome")]
    public async Task Run_WithoutAServer_SaysSoAndEndsWithTwo(params string[] arguments)
    {
        var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, run.Code);
        Assert.StartsWith($"There is no server at {Nobody}/: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("7", 7)]
    public void TryParse_ADuration_ReadsIt(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("1d")]
    [InlineData("1e9h")]
    public void TryParse_WhatIsNone_IsFalse(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData(500, true)]
    [InlineData(900, false)]
    public void Check_OfTheLimits_SaysWhatToRaise(int connections, bool fits)
    {
        string[] limits = ["Limit                     Soft Limit           Hard Limit           Units", "Max open files            1024                 1024                 files"];

        var exception = Record.Exception(() => SystemLimits.Check(connections, limits, "32768\t60999\n"));

        Assert.Equal(fits, exception is null);
        Assert.Equal(fits, exception?.Message.Contains("ulimit -n 1100", StringComparison.Ordinal) is null);
    }

    [Fact]
    public void Check_OfMoreConnectionsThanPorts_SaysWhatToWiden()
    {
        var exception = Assert.Throws<LoadException>(() => SystemLimits.Check(30_000, ["Max open files  unlimited  unlimited  files"], "32768\t60999\n"));

        Assert.Contains("28,232", exception.Message, StringComparison.Ordinal);
    }
}
