using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Api;

/// <summary>Counts the calls of operations, and the errors that requests of whatever kind are answered with.</summary>
internal sealed class ApiCalls(RequestDelegate next, ServerMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() is { } operation)
        {
            metrics.Called(ServerMetrics.Rest, operation.Id);
        }

        if (context.Features.Get<Error>() is { } error)
        {
            metrics.Refused(ServerMetrics.Rest, error.Code);
        }
    }
}
