using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Clients;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Clients;

/// <summary>A test of the .NET client's conversations against real servers.</summary>
public abstract class ConversationClientTest(Deployment deployment) : ClientTest(deployment)
{
    private ConversationSetting? _setting;

    /// <summary>Alice's conversations.</summary>
    private protected ConversationSetting Setting => _setting!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _setting = await ConversationSetting.OpenAsync(First, "alice");
    }

    public override async Task DisposeAsync()
    {
        _setting?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>The number of a user.</summary>
    private protected Task<long> UserAsync(string user) => ConversationSetting.UserAsync(First, user);

    /// <summary>A conversation of alice's, in which bob is too, as both have joined it.</summary>
    private protected async Task<(LiveConversation Alice, LiveConversation Bob)> JoinBothAsync(RealtimeProtocol protocol, TcpGate? gate = null)
    {
        var conversationId = await Setting.CreateAsync(await UserAsync("bob"));
        return (await Open("alice", protocol, gate).JoinConversationAsync(conversationId), await Open("bob", protocol).JoinConversationAsync(conversationId));
    }

    /// <summary>The comments as a text; a pending one in brackets.</summary>
    private protected static string Texts(ConversationView view) =>
        string.Join(" ", view.Comments.Select(comment => comment.IsPending ? $"[{comment.Comment.Content}]" : comment.Comment.Content));

    /// <summary>Waits until the comments are these.</summary>
    private protected static Task UntilAsync(LiveConversation conversation, string texts) => UntilAsync(conversation, view => Texts(view) == texts);

    /// <summary>Waits until it looks as it should.</summary>
    private protected static Task UntilAsync(LiveConversation conversation, Func<ConversationView, bool> isIt) =>
        UntilAsync(conversation.OnChange, () => conversation.View, isIt);

    /// <summary>Waits until a status.</summary>
    private protected static Task UntilAsync(LiveConversation conversation, SyncStatus status) =>
        UntilAsync(conversation.OnSyncStatus, () => conversation.SyncStatus, one => one == status);

    /// <summary>Every comment as the server has it, oldest first.</summary>
    private protected static async Task<List<PlacedComment>> ListAsync(RealtimeClient client, long conversationId)
    {
        var found = new List<PlacedComment>();
        CommentPage page;
        do
        {
            page = await client.ListCommentsAsync(new() { ConversationId = conversationId, Before = found.LastOrDefault()?.Sequence, Limit = 1_000 });
            found.AddRange(page.Comments);
        }
        while (page.HasEarlier);
        found.Reverse();
        return found;
    }
}
