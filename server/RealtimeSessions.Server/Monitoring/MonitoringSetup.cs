namespace RealtimeSessions.Server.Monitoring;

/// <summary>How the server does, for its administrators.</summary>
internal static class MonitoringSetup
{
    public static IServiceCollection AddMonitoring(this IServiceCollection services)
    {
        services.AddSingleton<EngineProbe>();
        services.AddSingleton<ServerMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<ServerMonitor>());
        services.AddSingleton<ServerReports>();
        return services;
    }
}
