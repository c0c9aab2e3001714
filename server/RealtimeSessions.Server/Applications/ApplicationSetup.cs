namespace RealtimeSessions.Server.Applications;

/// <summary>Applications and their roles.</summary>
internal static class ApplicationSetup
{
    public static IServiceCollection AddApplications(this IServiceCollection services)
    {
        services.AddSingleton<ApplicationStore>();
        services.AddSingleton<ApplicationCache>();
        return services;
    }
}
