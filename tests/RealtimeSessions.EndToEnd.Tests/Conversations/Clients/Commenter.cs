using System.Text.Json;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Clients;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Clients;

/// <summary>A comment as a client shows it.</summary>
/// <param name="Sequence">Its place; null: it is pending.</param>
/// <param name="CommentId">Its number; 0: it is pending.</param>
/// <param name="Content">What it says.</param>
internal sealed record ShownComment(long? Sequence, long CommentId, string Content);

/// <summary>What a client holds of a conversation, and what it has been told.</summary>
/// <param name="Comments">The comments that it shows.</param>
/// <param name="Name">The conversation's name.</param>
/// <param name="Status">The status.</param>
/// <param name="Sequence">The sequence it has applied.</param>
/// <param name="Told">The sequences of the comments that it was told.</param>
/// <param name="Resets">How often the state was replaced.</param>
/// <param name="Doubled">The first list that has shown a comment twice; null: none.</param>
/// <param name="Failures">Own comments that failed.</param>
internal sealed record CommenterView(
    IReadOnlyList<ShownComment> Comments, string Name, string Status, long Sequence, IReadOnlyList<long> Told, int Resets, string? Doubled,
    IReadOnlyList<string> Failures);

/// <summary>A client library in one conversation, as a test drives it. No comment is made twice with the same content.</summary>
internal abstract class Commenter(string name) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>Connects.</summary>
    public abstract Task OpenAsync(Uri url, string token, RealtimeProtocol protocol);

    /// <summary>Joins a conversation, and listens from then on.</summary>
    public abstract Task JoinAsync(long conversationId);

    /// <summary>Comments, and does not wait.</summary>
    public abstract Task SendAsync(string content);

    /// <summary>Loads everything earlier.</summary>
    public abstract Task LoadAsync();

    public abstract Task<CommenterView> ViewAsync();

    public abstract Task LeaveAsync();

    public abstract ValueTask DisposeAsync();

    public override string ToString() => name;
}

/// <summary>The .NET client.</summary>
internal sealed class DotNetCommenter(string name) : Commenter(name)
{
    private readonly Lock _lock = new();
    private readonly List<long> _told = [];
    private readonly List<string> _failures = [];
    private RealtimeClient _client = null!;
    private LiveConversation _conversation = null!;
    private string? _doubled;
    private int _resets;

    public override Task OpenAsync(Uri url, string token, RealtimeProtocol protocol)
    {
        _client = new RealtimeClient(new() { Url = url, AccessToken = _ => Task.FromResult(token), Protocol = protocol });
        return _client.ConnectAsync();
    }

    public override async Task JoinAsync(long conversationId)
    {
        _told.Clear();
        _failures.Clear();
        (_resets, _doubled) = (0, null);
        _conversation = await _client.JoinConversationAsync(conversationId);
        _conversation.OnCommentCreated(made => Locked(() => _told.Add(made.Sequence)));
        _conversation.OnReset(_ => Locked(() => _resets++));
        _conversation.OnRefused(refused => Locked(() => _failures.Add(refused.Error.ToString())));
        _conversation.OnChange(view => Locked(() => Look(view)));
    }

    public override Task SendAsync(string content)
    {
        _ = _conversation.SendCommentAsync(content);
        return Task.CompletedTask;
    }

    public override async Task LoadAsync()
    {
        while (_conversation.HasEarlier)
        {
            await _conversation.LoadEarlierAsync();
        }
    }

    public override Task<CommenterView> ViewAsync()
    {
        lock (_lock)
        {
            var comments = _conversation.Comments.Select(one => new ShownComment(one.Sequence, one.Comment.CommentId, one.Comment.Content));
            return Task.FromResult(new CommenterView(
                [.. comments], _conversation.Info.Name, _conversation.SyncStatus.ToString().ToLowerInvariant(), _conversation.Position.Sequence, [.. _told], _resets,
                _doubled, [.. _failures]));
        }
    }

    public override Task LeaveAsync() => _conversation.LeaveAsync();

    public override ValueTask DisposeAsync() => _client.DisposeAsync();

    private void Look(ConversationView view)
    {
        if (_doubled is null && view.Comments.DistinctBy(comment => comment.Comment.Content).Count() < view.Comments.Count)
        {
            _doubled = string.Join(' ', view.Comments.Select(comment => $"{comment.Sequence}:{comment.Comment.Content}"));
        }
    }

    private void Locked(Action step)
    {
        lock (_lock)
        {
            step();
        }
    }
}

/// <summary>The TypeScript client.</summary>
internal sealed class NodeCommenter(NodeActors owner, string name) : Commenter(name)
{
    public override Task OpenAsync(Uri url, string token, RealtimeProtocol protocol) => owner.DoAsync(
        Name, "open", new() { ["kind"] = "commenter", ["url"] = url.ToString(), ["token"] = token, ["protocol"] = protocol.ToString().ToLowerInvariant() });

    public override Task JoinAsync(long conversationId) => owner.DoAsync(Name, "join", new() { ["conversationId"] = conversationId });

    public override Task SendAsync(string content) => owner.DoAsync(Name, "send", new() { ["content"] = content });

    public override Task LoadAsync() => owner.DoAsync(Name, "load");

    public override async Task<CommenterView> ViewAsync() => (await owner.DoAsync(Name, "view")).Deserialize<CommenterView>(JsonSerializerOptions.Web)!;

    public override Task LeaveAsync() => owner.DoAsync(Name, "leave");

    public override async ValueTask DisposeAsync() => await owner.DoAsync(Name, "close");
}
