namespace RealtimeSessions.Server.Applications;

/// <summary>Applications and their roles.</summary>
internal static class ApplicationSetup
{
    public static IServiceCollection AddApplications(this IServiceCollection services)
    {
        services.AddOptions<ApplicationsOptions>().BindConfiguration("")
            .Validate(options => options.Administrators.All(id => !string.IsNullOrEmpty(id)), "Administrators must be ids of users.")
            .ValidateOnStart();
        services.AddSingleton<ApplicationStore>();
        services.AddSingleton<ApplicationCache>();
        services.AddSingleton<ApplicationService>();
        return services;
    }
}
