using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Setting;

/// <summary>The hub's methods about conversations, and its callbacks, as the tests use them.</summary>
internal static class ConversationCalls
{
    private const long NoConversation = 999_999_999_999;

    public static Task<JsonElement> JoinAsync(this HubClient client, long conversation, object? since = null) =>
        client.CallAsync("JoinConversation", new { conversationId = conversation, since });

    /// <summary>Joins a conversation, and takes the state that it begins with.</summary>
    public static async Task<JsonElement> EnterAsync(this HubClient client, long conversation)
    {
        await client.JoinAsync(conversation);
        return await client.NextAsync("ConversationReset");
    }

    public static Task<JsonElement> CommentAsync(
        this HubClient client, long conversation, string content, string? writerId = null, long? number = null) =>
        client.CallAsync("CreateComment", new { conversationId = conversation, content, writerId, writerSequence = number });

    public static Task<JsonElement> WatchAsync(this HubClient client, long space, object? since = null) =>
        client.CallAsync("WatchSpace", new { spaceId = space, since });

    /// <summary>Watches a space, and takes the reset that it begins with.</summary>
    public static async Task<JsonElement> BeginWatchAsync(this HubClient client, long space)
    {
        await client.WatchAsync(space);
        return await client.NextAsync("SpaceFeedReset");
    }

    /// <summary>A position, as it is given to resume.</summary>
    public static object At(this JsonElement answer, long? sequence = null, string? eventId = null) =>
        new { epoch = answer.Epoch(), sequence = sequence ?? answer.Sequence(), eventId };

    public static long Conversation(this JsonElement argument) => argument.GetProperty("conversationId").GetInt64();

    public static string Content(this JsonElement argument) => argument.GetProperty("comment").GetProperty("content").GetString()!;

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>The next callback, which must take the connection out of a conversation; of a watcher, with its place in the feed.</summary>
    public static async Task LeavesAsync(this HubClient client, long conversation, string reason, bool inFeed = false)
    {
        var left = await client.NextAsync("ConversationLeft");
        Assert.Equal((conversation, reason, inFeed), (left.Conversation(), left.Text("reason"), left.TryGetProperty("feed", out _)));
    }

    /// <summary>Fails if anything has come that was not taken. What the server has written before this is called is among it.</summary>
    public static async Task QuietAsync(this HubClient client)
    {
        await client.CallAsync("LeaveConversation", new { conversationId = NoConversation });
        while (client.Callbacks.TryRead(out var told))
        {
            Assert.True(told.IsPosition(), $"{told}");
        }
    }

    /// <summary>The code of the error that a call of these resources was refused with; null: it was not.</summary>
    public static string? Problem(this RestAnswer answer) =>
        (int)answer.Status < 400 ? null : answer.Body.GetProperty("problemType").GetString()!.Split(':')[^1];
}
