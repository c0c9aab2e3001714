using System.Text;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Hostile.Rest;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Errors;

/// <summary>A body that is not what its headers promise ends its own connection, and the server has nothing to say about it.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class BrokenBodyTests(EmbeddedDeployment deployment) : HubTest(deployment)
{
    private const string Chunked = "Transfer-Encoding: chunked";

    [Theory]
    [InlineData("Content-Length: 1000", "{\"name\":")]
    [InlineData(Chunked, "1000\r\n{\"name\":")]
    [InlineData(Chunked, "x\r\n{}\r\n0\r\n\r\n")]
    [InlineData(Chunked, "ffffffffff\r\n{}")]
    public async Task Body_ThatBreaksOff_EndsItsConnectionWithoutAWarning(string header, string body)
    {
        var warnings = ServerLog.Warnings(First.Output);
        var token = await First.SignInAsync("alice");
        var request = $"POST /api/v1/applications HTTP/1.1\r\nHost: {First.Address.Authority}\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\n{header}\r\n\r\n{body}";
        using var wire = await HttpWire.ConnectAsync(First.Address);

        var answer = await wire.AskAsync(Encoding.ASCII.GetBytes(request), isHead: false, mayLackAnEnd: true);

        Assert.True(answer is null or { Status: 400 or 413 }, $"{answer}");
        using var rest = await RestClient.SignInAsync(First, "alice");
        await rest.DoAsync("GET", "applications");
        Assert.Equal(warnings, ServerLog.Warnings(First.Output));
    }
}
