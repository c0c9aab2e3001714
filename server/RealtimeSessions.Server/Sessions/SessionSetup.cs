namespace RealtimeSessions.Server.Sessions;

/// <summary>Sessions: their state, their changes, their lists.</summary>
internal static class SessionSetup
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddOptions<SessionsOptions>().BindConfiguration("Sessions")
            .Validate(options => options.MaximumIdleSessions >= 0, "Sessions:MaximumIdleSessions must not be negative.")
            .Validate(options => options.AppendPatience > TimeSpan.Zero, "Sessions:AppendPatience must be positive.")
            .Validate(options => options.IdleTime > TimeSpan.Zero, "Sessions:IdleTime must be positive.")
            .ValidateOnStart();
        services.AddSingleton<SnapshotWriter>();
        services.AddSingleton<LaneServices>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SessionSummaries>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<SessionService>();
        return services;
    }
}
