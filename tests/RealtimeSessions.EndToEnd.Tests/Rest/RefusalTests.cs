using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Rest;

/// <summary>Whatever goes wrong is answered with a problem document, and nothing of it is an error of the server.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class RefusalTests(EmbeddedDeployment deployment) : HubTest(deployment)
{
    private const string Events = "/api/v1/applications/demo/sessions/welcome/events";

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("GET", "/api/v1/nowhere", 404, "not_found")]
    [InlineData("GET", "/api/v2/applications", 404, "not_found")]
    [InlineData("PUT", "/api/v1/applications", 405, "method_not_allowed")]
    [InlineData("TRACE", "/api/v1/info", 405, "method_not_allowed")]
    [InlineData("OPTIONS", "/api/v1/info", 405, "method_not_allowed")]
    [InlineData("GET", "/dev/sign-in", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/applications/NO", 404, "application_not_found")]
    [InlineData("GET", "/api/v1/applications/a%2Fb", 404, "application_not_found")]
    [InlineData("GET", "/api/v1/applications/%2e%2e%2fadmin", 404, "application_not_found")]
    [InlineData("GET", "/api/v1/applications/demo/sessions/%22%3Cscript%3E", 404, "session_not_found")]
    [InlineData("GET", "/api/v1/applications/demo/sessions?limit=1001", 400, "invalid_argument")]
    [InlineData("GET", "/api/v1/applications/demo/sessions?limt=1", 400, "invalid_argument")]
    [InlineData("GET", "/api/v1/applications?access_token=x", 400, "invalid_argument")]
    [InlineData("GET", "/api/v1/applications/demo/sessions/welcome/data?atSequence=%00", 400, "invalid_argument")]
    [InlineData("GET", Events + "?after=%ff%fe", 400, "invalid_argument")]
    public async Task Call_OfWhatIsNotThere_IsAProblem(string method, string path, int status, string code) =>
        AssertProblem(await SendAsync(method, path), status, code);

    [Theory]
    [InlineData("{\"name\":\"n\"", "application/json", 400, "invalid_argument")]
    [InlineData("", "application/json", 400, "invalid_argument")]
    [InlineData("null", "application/json", 400, "invalid_argument")]
    [InlineData("[]", "application/json", 400, "invalid_argument")]
    [InlineData("{\"name\":\"n\",\"name\":\"m\"}", "application/json", 400, "invalid_argument")]
    [InlineData("{\"name\":\"\\ud800\"}", "application/json", 400, "invalid_argument")]
    [InlineData("{\"name\":\"n\",\"sessionId\":\"welcome\"}", "application/json", 400, "invalid_argument")]
    [InlineData("{\"name\":\"n\"}", "application/json;charset=utf-16", 415, "unsupported_media_type")]
    [InlineData("{\"name\":\"n\"}", "application/merge-patch+json", 415, "unsupported_media_type")]
    [InlineData("{\"name\":\"n\"}", "", 415, "unsupported_media_type")]
    public async Task Post_OfABodyThatIsWrong_IsAProblem(string body, string contentType, int status, string code) =>
        AssertProblem(await SendAsync("POST", Events, body, contentType), status, code);

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=\"UTF-8\"")]
    public async Task Post_OfJsonInUtf8_IsRead(string contentType)
    {
        var (status, _, _) = await SendAsync("POST", Events, "{\"name\":\"n\"}", contentType);

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task Post_OfABodyThatIsTooLarge_TellsTheLimit()
    {
        var large = $"{{\"name\":\"{new string('x', 4 * 1024 * 1024)}\"}}";
        foreach (var chunked in (bool[])[false, true])
        {
            var answer = await SendAsync("POST", Events, large, "application/json", chunked);

            AssertProblem(answer, 413, "payload_too_large");
            Assert.Equal(4 * 1024 * 1024, answer.Body.GetProperty("limit").GetInt32());
        }
    }

    [Theory]
    [InlineData("Writer-Id: a b\r\nWriter-Sequence: 1\r\n")]
    [InlineData("Writer-Id: w\r\n")]
    [InlineData("Writer-Id: w\r\nWriter-Sequence: x\r\n")]
    [InlineData("Writer-Id: w\r\nWriter-Id: v\r\nWriter-Sequence: 1\r\n")]
    [InlineData("Client-Timestamp: yesterday\r\n")]
    public async Task Post_WithHeadersThatAreWrong_IsRefused(string headers)
    {
        var answer = await SendRawAsync($"POST {Events} HTTP/1.1\r\n{headers}Content-Type: application/json\r\nContent-Length: 12\r\n", "{\"name\":\"n\"}");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"invalid_argument\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /api/v1/applications/%00 HTTP/1.1\r\n")]
    [InlineData("GET /api/v1/info HTTP/1.1\r\nX-Long: {long}\r\n")]
    [InlineData("GET /{long} HTTP/1.1\r\n")]
    [InlineData("GET /api/v1/info HTTP/1.1\r\nContent-Length: -1\r\n")]
    [InlineData("nonsense\r\n")]
    public async Task Call_ThatIsHardlyHttp_IsAnsweredWithAnErrorOfTheClient(string head) =>
        Assert.Matches(@"\AHTTP/1\.1 4\d\d ", await SendRawAsync(head.Replace("{long}", new string('x', 40_000), StringComparison.Ordinal), ""));

    [Fact]
    public async Task Post_CutInTheMiddle_IsNoErrorOfTheServer()
    {
        var token = await First.SignInAsync("alice");
        for (var i = 0; i < 5; i++)
        {
            using var socket = new TcpClient(First.Address.Host, First.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Events} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"na"));
            socket.Client.LingerState = new LingerOption(true, 0);
        }

        AssertProblem(await SendAsync("GET", "/nowhere"), 404, "not_found");
    }

    [Fact]
    public async Task Head_OfWhatCanBeRead_IsItsHead()
    {
        var (status, type, body) = await SendAsync("HEAD", "/api/v1/applications/demo/sessions/welcome");

        Assert.Equal((200, "application/json", JsonValueKind.Undefined), (status, type, body.ValueKind));
    }

    private static void AssertProblem((int Status, string? Type, JsonElement Body) answer, int status, string code)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Equal((status, code), (answer.Body.GetProperty("status").GetInt32(), answer.Body.GetProperty("code").GetString()));
        foreach (var member in (string[])["type", "title", "detail", "number", "retryable"])
        {
            Assert.True(answer.Body.TryGetProperty(member, out _), member);
        }

        Assert.DoesNotContain("System.", answer.Body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("RealtimeSessions.", answer.Body.GetRawText(), StringComparison.Ordinal);
    }

    private async Task<(int Status, string? Type, JsonElement Body)> SendAsync(
        string method, string path, string? body = null, string? contentType = null, bool chunked = false)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), First.Address.GetLeftPart(UriPartial.Authority) + path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await First.SignInAsync("alice")}");
        request.Headers.ExpectContinue = body?.Length > 1_000_000;
        request.Headers.TransferEncodingChunked = chunked;
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, answer);
    }

    /// <summary>Sends what no client would send.</summary>
    private async Task<string> SendRawAsync(string head, string body)
    {
        using var socket = new TcpClient(First.Address.Host, First.Address.Port);
        var request = $"{head}Host: x\r\nAuthorization: Bearer {await First.SignInAsync("alice")}\r\nConnection: close\r\n\r\n{body}";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadToEndAsync().WaitAsync(Callbacks.Patience);
    }
}
