namespace RealtimeSessions.Server.Directory;

/// <summary>The directory of users, and the numbers of whatever has one.</summary>
internal static class DirectorySetup
{
    public static IServiceCollection AddDirectory(this IServiceCollection services)
    {
        services.AddOptions<DirectoryOptions>().BindConfiguration(DirectoryOptions.Section);
        services.AddSingleton<Counters>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<UserCache>();
        services.AddSingleton<DirectoryLog>();
        services.AddSingleton<MembershipWriter>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<Callers>();
        services.AddHostedService<DirectoryFollower>();
        return services;
    }
}
