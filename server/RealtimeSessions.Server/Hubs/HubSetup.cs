using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>The SignalR hub.</summary>
internal static class HubSetup
{
    /// <summary>The hub's address.</summary>
    public const string Path = "/hub";

    private const int ParallelCalls = 16;

    // A client that reads slowly is behind, not gone.
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(60);

    public static IServiceCollection AddHubs(this IServiceCollection services)
    {
        services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = ParallelCalls)
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new JsonSerializerOptions(ProtocolJsonContext.Default.Options)
            {
                TypeInfoResolver = JsonTypeInfoResolver.Combine(ProtocolJsonContext.Default, new ArgumentResolver()),
            });
        services.AddOptions<HubOptions>()
            .Configure<IOptions<LimitsOptions>>((hub, limits) => hub.MaximumReceiveMessageSize = limits.Value.MaximumMessageBytes);
        services.AddSingleton<HubCalls>();
        services.AddSingleton<HubLifetimeManager<SessionHub>, ConnectionLifetimeManager>();

        // These log whatever a client sends amiss as an error of the server; see HubCalls.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.SignalR.HubConnectionHandler", LogLevel.Critical)
            .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        return services;
    }

    /// <summary>WebSockets only: nothing is negotiated that a load balancer would have to remember.</summary>
    public static void MapSessionHub(this IEndpointRouteBuilder routes) =>
        routes.MapHub<SessionHub>(Path, options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.CloseOnAuthenticationExpiration = true;
            options.TransportSendTimeout = SendPatience;
        }).RequireAuthorization();
}
