using Microsoft.Extensions.Options;

namespace RealtimeSessions.Server.Requests;

/// <summary>What clients send, and how much of it.</summary>
internal static class RequestSetup
{
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddOptions<LimitsOptions>().BindConfiguration("Limits").ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsValidator>();
        services.AddSingleton<ValueRules>();
        services.AddSingleton<SessionRules>();
        services.AddSingleton<ApplicationRules>();
        services.AddSingleton<ConversationRules>();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<RequestReader>();
        return services;
    }
}
