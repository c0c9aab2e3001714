using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Api.Problems;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Api;

public sealed class ApiFailuresTests
{
    private readonly RecordedLogs _logs = new();
    private readonly DefaultHttpContext _context = new() { Response = { Body = new MemoryStream() } };

    [Fact]
    public async Task Invoke_AnOutage_IsUnavailableWithATimeToWait()
    {
        var problem = await FailAsync(new EngineUnavailableException("Redis at 10.0.0.1 is gone."));

        Assert.Equal((503, "unavailable", true), (_context.Response.StatusCode, Code(problem), problem.GetProperty("retryable").GetBoolean()));
        Assert.Equal("1", _context.Response.Headers.RetryAfter);
        Assert.DoesNotContain("10.0.0.1", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(_logs.Errors);
    }

    [Fact]
    public async Task Invoke_ABug_IsInternalAndLoggedAndToldNobody()
    {
        var problem = await FailAsync(new InvalidOperationException("The secret is 4711."));

        Assert.Equal((500, "internal"), (_context.Response.StatusCode, Code(problem)));
        Assert.DoesNotContain("4711", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Single(_logs.Errors);
    }

    [Theory]
    [InlineData(400, "invalid_argument", 400)]
    [InlineData(408, "invalid_argument", 400)]
    [InlineData(413, "payload_too_large", 413)]
    public async Task Invoke_ABodyThatCannotBeRead_IsTheClientsFault(int status, string code, int answered)
    {
        var problem = await FailAsync(new BadHttpRequestException("Type.Of.Mine", status));

        Assert.Equal((answered, code), (_context.Response.StatusCode, Code(problem)));
        Assert.DoesNotContain("Mine", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(_logs.Errors);
    }

    [Fact]
    public async Task Invoke_AClientThatHasGone_IsNoError()
    {
        _context.RequestAborted = new CancellationToken(canceled: true);

        await Failures(new IOException("gone")).InvokeAsync(_context);

        Assert.Equal(0, _context.Response.Body.Length);
        Assert.Empty(_logs.Errors);
    }

    private static string? Code(JsonElement problem) => problem.GetProperty("code").GetString();

    private ApiFailures Failures(Exception exception) => new(_ => throw exception, _logs.CreateLogger<ApiFailures>());

    private async Task<JsonElement> FailAsync(Exception exception)
    {
        await Failures(exception).InvokeAsync(_context);
        _context.Response.Body.Position = 0;
        Assert.Equal("application/problem+json", _context.Response.ContentType);
        return await JsonSerializer.DeserializeAsync<JsonElement>(_context.Response.Body);
    }
}
