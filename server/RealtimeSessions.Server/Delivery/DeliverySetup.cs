using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Hubs;

namespace RealtimeSessions.Server.Delivery;

/// <summary>Events on their way to connections.</summary>
internal static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton<FrameEncoder, JsonFrameEncoder>();
        services.AddSingleton<MemberPump>();
        services.AddSingleton<SessionDelivery>();
        services.AddSingleton<HubLifetimeManager<SessionHub>, ConnectionLifetimeManager>();
        return services;
    }
}
