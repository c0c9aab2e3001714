using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RealtimeSessions.MessagePack;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>The SignalR hub.</summary>
internal static class HubSetup
{
    /// <summary>The hub's address.</summary>
    public const string Path = "/hub";

    private const int ParallelCalls = 16;

    // What a member is behind by should wait in its backlog, where it can be made less, and not in the system's buffers.
    private const int SendBufferBytes = 128 * 1024;

    public static IServiceCollection AddHubs(this IServiceCollection services)
    {
        services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = ParallelCalls)
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new JsonSerializerOptions(ProtocolJsonContext.Default.Options)
            {
                TypeInfoResolver = JsonTypeInfoResolver.Combine(ProtocolJsonContext.Default, new ArgumentResolver()),
            });
        services.Replace(ServiceDescriptor.Singleton<IHubProtocol>(provider =>
            new FrameProtocol(ActivatorUtilities.CreateInstance<JsonHubProtocol>(provider))));
        services.AddSingleton<IHubProtocol>(provider => new FrameProtocol(new MessagePackHubProtocol(
            provider.GetRequiredService<IOptions<JsonHubProtocolOptions>>().Value.PayloadSerializerOptions,
            provider.GetRequiredService<IOptions<LimitsOptions>>().Value.MaximumMessageBytes)));
        services.AddOptions<HubOptions>()
            .Configure<IOptions<LimitsOptions>>((hub, limits) => hub.MaximumReceiveMessageSize = limits.Value.MaximumMessageBytes);
        services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = Listen);
        services.AddSingleton<HubCalls>();
        services.AddSingleton<ConversationCalls>();
        services.AddSingleton<ConnectionGroups>();
        services.AddSingleton<HubLifetimeManager<SessionHub>, ConnectionLifetimeManager>();

        // These log whatever a client sends amiss as an error of the server; see HubCalls.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.SignalR.HubConnectionHandler", LogLevel.Critical)
            .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        return services;
    }

    /// <summary>Lets connections in, and nobody while the server stops. Before whatever only other requests pass through.</summary>
    public static void UseConnectionEntrance(this IApplicationBuilder app) => app.UseWebSockets().UseMiddleware<ConnectionEntrance>();

    /// <summary>WebSockets only: nothing is negotiated that a load balancer would have to remember.</summary>
    public static void MapSessionHub(this IEndpointRouteBuilder routes)
    {
        var delivery = routes.ServiceProvider.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        routes.MapHub<SessionHub>(Path, options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.CloseOnAuthenticationExpiration = true;
            options.TransportSendTimeout = delivery.MaximumBlocked;
        }).RequireAuthorization();
    }

    /// <summary>A socket that connections inherit their send buffer from.</summary>
    private static Socket Listen(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = SendBufferBytes;
        return socket;
    }
}
