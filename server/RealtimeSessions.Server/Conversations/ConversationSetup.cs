using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Conversations.Following;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Conversations, and the spaces and groups they are for.</summary>
internal static class ConversationSetup
{
    /// <param name="services">The services.</param>
    /// <param name="configuration">Where it says whether there are any; else nothing looks after them.</param>
    public static IServiceCollection AddConversations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLanes<SpaceKind, SpaceScenes, SpaceFollower, SpaceKey, SpaceState, Empty>();
        services.AddLanes<ConversationKind, ConversationScenes, ConversationFollower, ConversationKey, ConversationState, SpaceState?>();
        services.AddSingleton<LiveSpaces>();
        services.AddSingleton<LiveConversations>();
        services.AddSingleton<SpaceEntries>();
        services.AddSingleton<GroupEntries>();
        services.AddSingleton<ConversationEntries>();
        services.AddSingleton<CommentEntries>();
        services.AddSingleton<ConversationFeedWriter>();
        services.AddSingleton<ConversationFounder>();
        services.AddSingleton<Acquaintances>();
        services.AddSingleton<MentionResolver>();
        services.AddSingleton<ExternalObjectResolver>();
        services.AddSingleton<CommentDrafts>();
        services.AddSingleton<SpaceWriter>();
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<ConversationCreator>();
        services.AddSingleton<ConversationService>();
        services.AddSingleton<CommentReader>();
        services.AddSingleton<CommentService>();
        services.AddSingleton<SpaceService>();
        services.AddSingleton<GroupService>();
        services.AddSingleton<UserService>();
        if (configuration.GetSection(DirectoryOptions.Section).Get<DirectoryOptions>() is not { Enabled: false })
        {
            services.AddHostedService<SpaceSweeper>();
            services.AddHostedService<ConversationSweeper>();
            services.AddHostedService<SpaceRemover>();
        }

        return services;
    }
}
