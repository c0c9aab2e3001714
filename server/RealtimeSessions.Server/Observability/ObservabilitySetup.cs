namespace RealtimeSessions.Server.Observability;

/// <summary>What the server says of itself.</summary>
internal static class ObservabilitySetup
{
    public static IServiceCollection AddObservability(this IServiceCollection services)
    {
        // The framework logs whole request addresses here, and on the hub's they hold tokens: whatever is configured, it stays silent. Nor does it
        // make an activity for every request then, which a connection would keep, unless somebody listens to activities.
        services.PostConfigure<LoggerFilterOptions>(options => options.Rules.Add(
            new LoggerFilterRule(providerName: null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, filter: null)));
        services.AddHostedService<StartupBanner>();
        return services;
    }
}
