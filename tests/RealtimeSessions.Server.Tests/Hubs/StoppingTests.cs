using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RealtimeSessions.Server.Hubs;

namespace RealtimeSessions.Server.Tests.Hubs;

public sealed class StoppingTests
{
    [Theory]
    [InlineData("/hub", false, StatusCodes.Status204NoContent)]
    [InlineData("/hub", true, StatusCodes.Status503ServiceUnavailable)]
    [InlineData("/api/v1/info", true, StatusCodes.Status204NoContent)]
    public async Task RefuseConnectionsWhileStopping_Request_IsRefusedAtTheHubOnly(string path, bool stopping, int status)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.RefuseConnectionsWhileStopping();
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        var pipeline = ((IApplicationBuilder)app).Build();
        if (stopping)
        {
            app.Lifetime.StopApplication();
        }

        var context = new DefaultHttpContext { RequestServices = app.Services };
        context.Request.Path = path;
        await pipeline(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == StatusCodes.Status503ServiceUnavailable ? "1" : "", context.Response.Headers.RetryAfter.ToString());
    }
}
