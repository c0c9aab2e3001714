namespace RealtimeSessions.Server.Applications;

/// <summary>Applications and their roles.</summary>
internal static class ApplicationSetup
{
    public static IServiceCollection AddApplications(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<ApplicationStore>();
        services.AddSingleton<ApplicationCache>();
        if (environment.IsDevelopment())
        {
            services.AddHostedService<DemoApplication>();
        }

        return services;
    }
}
