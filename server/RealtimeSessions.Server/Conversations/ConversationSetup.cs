namespace RealtimeSessions.Server.Conversations;

/// <summary>Conversations, and what they are about and for.</summary>
internal static class ConversationSetup
{
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ConversationService>();
        services.AddSingleton<CommentService>();
        services.AddSingleton<SpaceService>();
        services.AddSingleton<GroupService>();
        services.AddSingleton<UserService>();
        return services;
    }
}
