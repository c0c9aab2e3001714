using Microsoft.Extensions.Options;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Conversations;
using RealtimeSessions.Server.Delivery.Feeds;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Presence;
using RealtimeSessions.Server.Delivery.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>Events on their way to connections.</summary>
internal static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration("Delivery").ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryValidator>();
        services.AddSingleton<FrameEncoder, JsonFrameEncoder>();
        services.AddSingleton<FrameEncoder, MessagePackFrameEncoder>();
        services.AddSingleton<MemberPump>();
        services.AddSingleton<ChannelServices>();
        services.AddSingleton<PresenceServices>();
        services.AddSingleton<SessionDelivery>();
        services.AddSingleton<FeedReplicas>();
        services.AddSingleton<FeedDelivery>();
        services.AddSingleton<ConversationDelivery>();
        services.AddSingleton<SpaceFeedDelivery>();
        return services;
    }
}
