using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Clients;

/// <summary>Conversations as their owner makes them over REST, and as they stand there.</summary>
internal sealed class ConversationSetting : IDisposable
{
    private readonly RestClient _owner;

    private ConversationSetting(RestClient owner) => _owner = owner;

    /// <param name="server">The server that is asked.</param>
    /// <param name="owner">Who makes them.</param>
    public static async Task<ConversationSetting> OpenAsync(ServerProcess server, string owner) => new(await RestClient.SignInAsync(server, owner));

    /// <summary>The number of a user, who is entered by asking.</summary>
    public static async Task<long> UserAsync(ServerProcess server, string user)
    {
        using var rest = await RestClient.SignInAsync(server, user);
        return (await rest.DoAsync("GET", "userinfo")).GetProperty("users")[0].GetProperty("id").GetInt64();
    }

    /// <summary>A conversation with these users, in a space of theirs.</summary>
    public async Task<long> CreateAsync(params long[] users)
    {
        var participants = users.Select(user => new { user_id = user }).ToArray();
        var space = await MakeAsync("spaces", new { name = "A space", participants });
        return await MakeAsync("conversations", new { name = "Plans", space_id = space, participants });
    }

    /// <summary>Changes what is sent of one.</summary>
    public Task<JsonElement> ChangeAsync(long conversationId, object change) =>
        _owner.DoAsync("PUT", $"conversations/{conversationId}", new { conversations = new[] { change } });

    public Task<JsonElement> DeleteAsync(long conversationId) => _owner.DoAsync("DELETE", $"conversations/{conversationId}");

    /// <summary>Comments, in the order of these.</summary>
    public async Task CommentAsync(long conversationId, params string[] contents)
    {
        foreach (var part in contents.Chunk(100))
        {
            await _owner.DoAsync("POST", "comments", new { comments = part.Select(content => new { content, resource_id = conversationId }) });
        }
    }

    public void Dispose() => _owner.Dispose();

    private async Task<long> MakeAsync(string plural, object one)
    {
        var made = await _owner.DoAsync("POST", plural, new Dictionary<string, object[]> { [plural] = [one] });
        return made.GetProperty(plural)[0].GetProperty("id").GetInt64();
    }
}
