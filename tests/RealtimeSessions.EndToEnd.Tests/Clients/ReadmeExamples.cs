using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using RealtimeSessions.Client;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>The code of clients/dotnet/README.md: a region is a block there.</summary>
internal static class ReadmeExamples
{
    public static async Task<string> FirstAsync(Uri address, Func<CancellationToken, Task<string>> GetTokenAsync, Action<JsonTree> show)
    {
        #region first
        await using var client = new RealtimeClient(new() { Url = address, AccessToken = GetTokenAsync });
        var made = await client.CreateSessionAsync(new() { ApplicationId = "demo", Name = "Plans" });

        await using var session = await client.JoinSessionAsync("demo", made.SessionId);
        using var listening = session.OnChange(data => show(data));

        await session.PatchAsync(new JsonObject { ["title"] = "Plans", ["shopping"] = new JsonObject { ["milk"] = 2 } });
        Console.WriteLine(session.Data);
        #endregion
        return session.Data.ToString();
    }

    public static async Task EventsAsync(LiveSession session, CancellationToken cancellationToken)
    {
        #region events
        await session.SendEventAsync("bell", JsonTree.Parse("""{"volume": 3}"""), cancellationToken);
        await foreach (var next in session.ReadEventsAsync(after: 0, cancellationToken))
        {
            if (next is SessionEventCreated { Name: "bell" } bell)
            {
                Console.WriteLine($"{bell.UserId} rang at {bell.CreatedAt:t}: {bell.Data}");
                break;
            }
        }
        #endregion
    }

    public static async Task<int> TypedAsync(RealtimeClient client, string sessionId)
    {
        #region typed
        await using var session = await client.JoinSessionAsync("demo", sessionId, BoardJson.Default.Board);
        await session.UpdateAsync(board => board with { Title = "Plans", Likes = board.Likes + 1 });
        using var listening = session.OnValue(board => Console.WriteLine($"{board.Title}: {board.Likes}"));
        #endregion
        return session.Value.Likes;
    }

    public static async Task<bool> UndoAsync(LiveSession session)
    {
        #region undo
        await session.PatchAsync(JsonTree.Parse("""{"title": "Plans"}"""));
        var undone = await session.UndoAsync();
        #endregion
        return undone is not null;
    }

    public static async Task PresenceAsync(RealtimeClient client, string sessionId)
    {
        #region presence
        await using var session = await client.JoinSessionAsync(
            "demo", sessionId, new() { Presence = JsonTree.Parse("""{"color": "teal"}""") });
        using var people = session.OnPresence(people => Console.WriteLine($"{people.Members.Count} are here: {people}"));
        using var signals = session.OnSignal(signal => Console.WriteLine($"{signal.UserId}'s {signal.Name}: {signal.Data}"));

        await session.UpdatePresenceAsync(JsonTree.Parse("""{"editing": "title"}"""));
        await session.SendSignalAsync("cursor", JsonTree.Parse("""{"x": 10, "y": 20}"""));
        #endregion
    }

    public static async Task<(long CommentId, IReadOnlyList<LiveComment> Comments)> ConversationsAsync(RealtimeClient client, long conversationId)
    {
        #region conversations
        await using var conversation = await client.JoinConversationAsync(conversationId);
        using var listening = conversation.OnChange(view =>
        {
            foreach (var (comment, sequence) in view.Comments)
            {
                Console.WriteLine($"{comment.CreatorId}: {comment.Content}{(sequence is null ? " (on its way)" : "")}");
            }
        });

        var ack = await conversation.SendCommentAsync("The plans are ready #launch");
        while (conversation.HasEarlier)
        {
            await conversation.LoadEarlierAsync();
        }
        #endregion
        return (ack.CommentId, conversation.Comments);
    }

    public static async Task<int> WatchingAsync(RealtimeClient client)
    {
        #region watching
        await using var list = await client.WatchSessionsAsync(
            "demo", new() { Properties = new Dictionary<string, string> { ["room"] = "blue" } });
        using var listening = list.OnChange(view => Console.WriteLine(string.Join(", ", view.Sessions.Select(session => session.Name))));
        if (list.HasMore)
        {
            await list.LoadMoreAsync();
        }

        await using var feed = await client.WatchApplicationAsync("demo");
        using var events = feed.OnEvent(next => Console.WriteLine($"{next.Event.UserId}: {next.Event}"));
        #endregion
        return list.Sessions.Count;
    }

    public static async Task ErrorsAsync(LiveSession session)
    {
        #region errors
        using var refusals = session.OnRefused(change => Console.WriteLine($"Not made: {change.Data}, since {change.Error.Code}"));
        try
        {
            await session.PatchAsync(JsonTree.Parse("""{"title": "Plans"}"""));
        }
        catch (RealtimeException exception) when (exception.Code == ErrorCode.SessionClosed)
        {
            Console.WriteLine("Too late.");
        }
        #endregion
    }

    public static void Register(IServiceCollection services, Uri address, Func<CancellationToken, Task<string>> GetTokenAsync)
    {
        #region services
        services.AddRealtimeClient(options =>
        {
            options.Url = address;
            options.AccessToken = GetTokenAsync;
        });
        #endregion
    }
}

#region types
public sealed record Board(string? Title, int Likes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Board))]
public sealed partial class BoardJson : JsonSerializerContext;
#endregion
