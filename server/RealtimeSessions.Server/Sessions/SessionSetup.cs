using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Sessions.Following;

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
            .Validate(options => options.RetainedEvents is 0 or >= 100, "Sessions:RetainedEvents must be 0 (all) or at least 100.")
            .Validate(options => options.RetainedFeedEvents >= 100, "Sessions:RetainedFeedEvents must be at least 100.")
            .Validate(options => IsOffOrLong(options.CloseIdleAfter), "Sessions:CloseIdleAfter must be zero (never) or at least a second.")
            .Validate(options => IsOffOrLong(options.DeleteClosedAfter), "Sessions:DeleteClosedAfter must be zero (never) or at least a second.")
            .Validate(options => options.SweepAfter > TimeSpan.Zero, "Sessions:SweepAfter must be positive.")
            .ValidateOnStart();
        services.AddLanes<SessionKind, SessionScenes, SessionFollower, SessionKey, SessionState, ApplicationModel?>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SessionSummaries>();
        services.AddSingleton<FeedLog>();
        services.AddSingleton<IRoleObserver>(provider => provider.GetRequiredService<FeedLog>());
        services.AddSingleton<SessionFeedWriter>();
        services.AddHostedService<SessionSweeper>();
        services.AddSingleton<RolelessParticipants>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<SessionHistory>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<SessionRemover>();
        services.AddHostedService<SessionHousekeeper>();
        services.AddHostedService<ApplicationRemover>();
        return services;
    }

    private static bool IsOffOrLong(TimeSpan setting) => setting == TimeSpan.Zero || setting >= TimeSpan.FromSeconds(1);
}
