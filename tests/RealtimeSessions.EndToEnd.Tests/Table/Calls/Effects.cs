using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.EndToEnd.Tests.Table.Model;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>Looks at what a call that has succeeded has done.</summary>
internal static class Effects
{
    /// <summary>What is wrong with what was done; null: nothing.</summary>
    /// <param name="stage">Reads everything.</param>
    /// <param name="call">The call.</param>
    /// <param name="target">What it was about.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="before">What was there before; see <see cref="Stage.DescribeAsync"/>.</param>
    /// <param name="user">Who called.</param>
    /// <param name="source">What he called over.</param>
    public static async Task<string?> CheckAsync(
        Stage stage, TableCall call, Target target, JsonElement answer, string before, string user, string source)
    {
        if (call.Row.Events.Count == 0 || call.Row.IsInFeedOnly)
        {
            return IsDeletion(call.Row) ? await CheckGoneAsync(stage, call, target)
                : await stage.DescribeAsync(target) == before ? "nothing was changed"
                : null;
        }

        var session = target.SessionId is null ? target with { SessionId = answer.GetProperty("sessionId").GetString() } : target;
        var made = (await EventsOfAsync(stage, session)).Skip(target.SessionId is null ? 0 : CountOf(before)).ToArray();
        var expected = call.Events.Select(type => (type, source, user));
        var found = made.Select(next => (Text(next, "eventType"), Text(next, "source"), Text(next, "userId"))).ToArray();
        return !found.SequenceEqual(expected) ? $"made the events {string.Join(", ", found)}"
            : answer.TryGetProperty("count", out var count) && count.GetInt32() != made.Length ? $"answered {answer}"
            : null;
    }

    /// <summary>Whether an answer that shows what the caller has a permission for shows what it should.</summary>
    public static string? CheckShown(TableCall call, Target target, JsonElement answer, Grants grants, string? sessionId)
    {
        var shows = (PermissionRule.Shows)call.Row.Permission;
        var (list, id, wanted, isShown) = call.Row.IsAboutApplication
            ? ("sessions", "sessionId", sessionId, grants.InSession(shows.Permission))
            : ("applications", "applicationId", target.ApplicationId, grants.InApplication(shows.Permission));
        return answer.GetProperty(list).EnumerateArray().Any(entry => Text(entry, id) == wanted) == isShown ? null
            : isShown ? "does not show it" : "shows it";
    }

    private static bool IsDeletion(TableRow row) =>
        row.Rest == new RestAddress("DELETE", ProtocolDocument.Expand(row.IsAboutSession ? "S" : "A"));

    private static async Task<string?> CheckGoneAsync(Stage stage, TableCall call, Target target)
    {
        var code = "session_not_found";
        if (!call.Row.IsAboutSession)
        {
            code = "application_not_found";
            await stage.WaitAsync(target, isThere: false);
        }

        return (await stage.DescribeAsync(target)).Split('\n').All(line => line == code) ? null : "is still there";
    }

    private static async Task<JsonElement[]> EventsOfAsync(Stage stage, Target session)
    {
        var page = await stage.DoAsync(TableCall.Of("ListSessionEvents", new { }), session);
        return [.. page.Answer.GetProperty("events").EnumerateArray()];
    }

    private static int CountOf(string before) =>
        JsonSerializer.Deserialize<JsonElement>(before.Split('\n')[^1]).GetProperty("events").GetArrayLength();

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;
}
