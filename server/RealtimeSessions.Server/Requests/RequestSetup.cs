namespace RealtimeSessions.Server.Requests;

/// <summary>What clients send, and how much of it.</summary>
internal static class RequestSetup
{
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddOptions<LimitsOptions>().BindConfiguration("Limits")
            .Validate(options => options.MaximumDataBytes > 0, "Limits:MaximumDataBytes must be positive.")
            .Validate(options => options.MaximumJoinedSessions > 0, "Limits:MaximumJoinedSessions must be positive.")
            .Validate(options => options.MaximumWatchedApplications > 0, "Limits:MaximumWatchedApplications must be positive.")
            .ValidateOnStart();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<RequestReader>();
        return services;
    }
}
