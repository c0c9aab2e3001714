using RealtimeSessions.Client.Tests.Sessions;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Tests.Conversations;

/// <summary>What the tests of conversations have in common.</summary>
public abstract class ConversationTest
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected FakeConversationHub Hub { get; } = new();

    protected Task<LiveConversation> JoinAsync(RealtimeClient client) =>
        client.JoinConversationAsync(FakeConversationHub.Id).WaitAsync(Patience);

    /// <summary>The comments as a text; a pending one in brackets.</summary>
    protected static string Texts(LiveConversation conversation) =>
        string.Join(", ", conversation.Comments.Select(comment => comment.IsPending ? $"[{comment.Comment.Content}]" : comment.Comment.Content));

    /// <summary>The comments that were sent, by content, writer (from 1, in the order in which they came) and number.</summary>
    private protected static (string Content, int Writer, long? Number)[] Sent(IEnumerable<FakeCall> calls)
    {
        var requests = calls.Select(call => (CreateCommentRequest)call.Request).ToArray();
        var writers = requests.Select(request => request.WriterId).Distinct().ToList();
        return [.. requests.Select(request => (request.Content, writers.IndexOf(request.WriterId) + 1, request.WriterSequence))];
    }

    /// <summary>Waits until the clock's passing has brought something about.</summary>
    private protected async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            Hub.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }
}
