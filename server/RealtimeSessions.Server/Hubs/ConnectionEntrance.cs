using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Problems;

namespace RealtimeSessions.Server.Hubs;

/// <summary>
/// Where connections come in. A connection lives in the request that it began as, for hours perhaps, and with it whatever that request passes
/// through; so it goes straight to the hub, and what let it in is let go of. Whoever is not let in goes the way of any request, and is told why there.
/// </summary>
internal sealed class ConnectionEntrance(RequestDelegate next, IHostApplicationLifetime lifetime, IServiceScopeFactory scopes)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested && context.Request.Path.StartsWithSegments(HubSetup.Path))
        {
            // Another server is there for it, or soon this one.
            await ProblemWriter.WriteAsync(context, new Error(ErrorCode.Unavailable, "The server is stopping."));
        }
        else if (IsConnection(context) && await AuthenticateAsync(context))
        {
            await context.GetEndpoint()!.RequestDelegate!(context);
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Lets go of the token and of what was read from it, once the connection is made of it.</summary>
    public static void Release(HttpContext context)
    {
        context.Request.Headers.Authorization = default;
        context.Features.Set<IQueryFeature>(null);
        context.Features.Set<IAuthenticateResultFeature>(null);
        context.Features.Set<IHttpAuthenticationFeature>(null);
    }

    /// <summary>Whether the request asks for a WebSocket with the hub.</summary>
    private static bool IsConnection(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest && context.GetEndpoint()?.Metadata is { } metadata
        && metadata.GetMetadata<HubMetadata>() is not null && metadata.GetMetadata<NegotiateMetadata>() is null;

    /// <summary>Finds out who it is, with services that do not outlast this.</summary>
    /// <returns>Whether it is somebody.</returns>
    private async Task<bool> AuthenticateAsync(HttpContext context)
    {
        await using var scope = scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            var result = await context.AuthenticateAsync();
            if (result.Succeeded)
            {
                context.User = result.Principal;
                context.Features.Set<IAuthenticateResultFeature>(new Authenticated { AuthenticateResult = result });
            }

            return result.Succeeded;
        }
        catch (Exception)
        {
            // It fails on the way of other requests as well, where failures are answered and logged.
            return false;
        }
        finally
        {
            context.Features.Set<IServiceProvidersFeature>(null);
        }
    }

    /// <summary>From which the hub learns until when the connection may last.</summary>
    private sealed class Authenticated : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }
}
