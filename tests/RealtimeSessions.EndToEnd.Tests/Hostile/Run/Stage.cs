using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>
/// Where some of the hostile requests play: an application with a role and three sessions, of which the second and third are there to be lost, and a space.
/// </summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="SessionId">A session that valid requests keep.</param>
/// <param name="ClosingId">One that valid requests close.</param>
/// <param name="DeletingId">One that valid requests delete.</param>
/// <param name="Epoch">The epoch of the first one's log.</param>
/// <param name="Conversations">The space, and what is in it.</param>
internal sealed record Stage(
    string ApplicationId, string SessionId, string ClosingId, string DeletingId, string Epoch, ConversationStage Conversations)
{
    private const string Member = "bob";

    /// <summary>The one whose application it is.</summary>
    public const string Owner = "alice";

    /// <summary>One who has no right in it.</summary>
    public const string Stranger = "mallory";

    /// <summary>The application's role besides the usual ones.</summary>
    public const string Role = "Guest";

    public static async Task<Stage> BuildAsync(ServerProcess server, string applicationId)
    {
        using var rest = await RestClient.SignInAsync(server, Owner);
        await rest.DoAsync("POST", "applications", new { applicationId, name = "A stage" });
        await rest.DoAsync("POST", $"applications/{applicationId}/roles", new { name = Role, permissions = new[] { "session:read:participant" } });
        foreach (var sessionId in new[] { "board", "closing", "deleting" })
        {
            await rest.DoAsync("POST", $"applications/{applicationId}/sessions", new { sessionId, name = sessionId, data = new { a = 1 } });
        }

        var data = await rest.DoAsync("GET", $"applications/{applicationId}/sessions/board/data");
        using var member = await RestClient.SignInAsync(server, Member);
        return new Stage(
            applicationId, "board", "closing", "deleting", data.GetProperty("position").GetProperty("epoch").GetString()!,
            await ConversationStage.BuildAsync(rest, member));
    }

    /// <summary>Removes it, if no request has done so.</summary>
    public async Task ClearAsync(ServerProcess server)
    {
        using var rest = await RestClient.SignInAsync(server, Owner);
        await rest.CallAsync("DELETE", $"applications/{ApplicationId}");
        await Conversations.ClearAsync(rest);
    }
}
