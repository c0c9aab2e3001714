using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Lanes;

/// <summary>The lanes of one kind of log.</summary>
internal static class LaneSetup
{
    /// <summary>Adds a kind of log, and what its lanes work with.</summary>
    public static IServiceCollection AddLanes<TKind, TScenes, TFollower, TKey, TState, TScene>(this IServiceCollection services)
        where TKind : LogKind<TKey, TState>
        where TScenes : class, ISceneReader<TKey, TState, TScene>
        where TFollower : Follower<TKey, TState, TScene>
        where TKey : notnull
        where TState : class
    {
        services.AddSingleton<TKind>();
        services.AddSingleton<LogKind<TKey, TState>>(provider => provider.GetRequiredService<TKind>());
        services.AddSingleton<ISceneReader<TKey, TState, TScene>, TScenes>();
        services.AddSingleton<TFollower>();
        services.AddSingleton<Follower<TKey, TState, TScene>>(provider => provider.GetRequiredService<TFollower>());
        services.AddSingleton<SnapshotWriter<TKey, TState>>();
        services.AddSingleton<LaneServices<TKey, TState, TScene>>();
        return services;
    }
}
