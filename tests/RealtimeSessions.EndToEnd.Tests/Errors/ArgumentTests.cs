using System.Net.WebSockets;
using System.Text;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Errors;

/// <summary>Arguments of every wrong shape, for every method: the code and the place, and nothing done.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class ArgumentTests(EmbeddedDeployment deployment) : HubTest(deployment)
{
    public static TheoryData<string> Methods => new(WrongShapes.MethodNames);

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task AnyMethod_WithAWrongShape_AnswersWhereItIsAndDoesNothing(string method)
    {
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync();
        var wrong = new List<string>();
        foreach (var (argument, path) in WrongShapes.For(method, session.With()))
        {
            var answer = await AnswerAsync(alice, method, argument);
            var given = answer is { Code: "invalid_argument" } ? answer.Details.GetProperty("path").GetString() : null;
            if (given is null || (path is not null && !given.StartsWith(path, StringComparison.Ordinal)))
            {
                wrong.Add($"{method} {argument} -> {answer?.Message ?? "accepted"}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.Single(await alice.ListEventsAsync(session));
        Assert.False(alice.Closed.IsCompleted);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task AnyMethod_WithoutOrWithTooManyArguments_AnswersWithAnErrorAndGoesOn(string method)
    {
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync();

        await alice.CallAsync(method).RefusedAsync();
        await alice.CallAsync(method, session.With(), session.With()).RefusedAsync();

        Assert.Single(await alice.ListEventsAsync(session));
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"applicationId\":\"demo\",\"sessionId\":\"x\",\"\\ud800\":1}")]
    [InlineData("{\"applicationId\":\"\\ud800\",\"sessionId\":\"x\",\"name\":\"x\"}")]
    [InlineData("{\"applicationId\":\"demo\",\"sessionId\":\"welcome\",\"name\":\"\\ud800\"}")]
    [InlineData("{\"applicationId\":\"demo\",\"sessionId\":\"welcome\",\"name\":\"x\",\"data\":\"\\ud800\"}")]
    [InlineData("{\"applicationId\":\"demo\",\"sessionId\":\"welcome\",\"name\":\"x\",\"data\":{\"\\udc00\":1}}")]
    public async Task CreateSessionEvent_WithHalfASurrogatePair_IsRefused(string argument)
    {
        var alice = await ConnectAsync("alice");

        var error = await AnswerAsync(alice, "CreateSessionEvent", argument);

        Assert.Equal("invalid_argument", error?.Code);
    }

    [Theory]
    [InlineData("{\"applicationId\":\"demo\",\"sessionId\":\"welcome\",\"name\":\"?\"}")]
    [InlineData("{\"applicationId\":\"demo\",\"sessionId\":\"welcome\",\"name\":\"x\",\"data\":\"?\"}")]
    [InlineData("{\"applicationId\":\"demo\",\"sessionId\":\"welcome\",\"name\":\"x\",\"data\":{\"?\":1}}")]
    public async Task CreateSessionEvent_WithInvalidUtf8_IsRefused(string argument)
    {
        var alice = await ConnectAsync("alice");
        var bytes = Array.ConvertAll(Encoding.UTF8.GetBytes($"[{argument}]"), b => b == '?' ? (byte)0xFF : b);

        // A text message would be refused by the WebSocket already.
        var error = await alice.CallRawAsync("CreateSessionEvent", bytes, WebSocketMessageType.Binary).RefusedAsync();

        Assert.Equal("invalid_argument", error.Code);
    }

    [Fact]
    public async Task AnyMethod_ThatDoesNotExist_AnswersWithAnErrorAndGoesOn()
    {
        var alice = await ConnectAsync("alice");

        await alice.CallAsync("DoAnything", new { }).RefusedAsync();
        await alice.CallAsync("Dispose").RefusedAsync();

        await alice.CallAsync("ListSessions", new { applicationId = "demo" });
    }

    private static async Task<HubCallException?> AnswerAsync(HubClient client, string method, string argument)
    {
        try
        {
            await client.CallRawAsync(method, Encoding.UTF8.GetBytes($"[{argument}]")).WaitAsync(Callbacks.Patience);
            return null;
        }
        catch (HubCallException exception)
        {
            return exception;
        }
    }
}
