namespace RealtimeSessions.Server.Metrics;

/// <summary>What the server counts and measures.</summary>
internal static class MetricsSetup
{
    public static IServiceCollection AddServerMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<ServerMetrics>();
        return services;
    }
}
