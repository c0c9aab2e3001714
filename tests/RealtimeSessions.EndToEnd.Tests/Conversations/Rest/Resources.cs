using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>Bodies and answers about conversations: one list under its plural name.</summary>
internal static class Resources
{
    public static object Conversations(params object[] conversations) => new { conversations };

    public static object Comments(params object[] comments) => new { comments };

    public static object Spaces(params object[] spaces) => new { spaces };

    public static object Groups(params object[] groups) => new { groups };

    /// <summary>The only object of an answer.</summary>
    public static JsonElement One(this JsonElement body, string name) => Assert.Single(body.GetProperty(name).EnumerateArray());

    public static long Id(this JsonElement item) => item.GetProperty("id").GetInt64();

    public static long[] Ids(this JsonElement body, string name) => [.. body.GetProperty(name).EnumerateArray().Select(Id)];

    public static string? Text(this JsonElement item, string member) => item.GetProperty(member).GetString();

    public static string[] Texts(this JsonElement item, string member) => [.. item.GetProperty(member).EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>Where the next page is, below <c>/api/v1/</c>; null: there is none.</summary>
    public static string? Next(this RestAnswer answer)
    {
        if (!answer.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        var parts = Assert.Single(links).Split('<', '>');
        Assert.Equal("; rel=\"next\"", parts[2]);
        return new Uri(parts[1]).PathAndQuery["/api/v1/".Length..];
    }

    /// <summary>Checks that an answer is an error, in the form that these addresses have.</summary>
    public static void AssertRefused(this RestAnswer answer, HttpStatusCode status, string code, string? beginning = null)
    {
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Equal(["details", "problemType", "title"], answer.Body.EnumerateObject().Select(member => member.Name).Order());
        Assert.StartsWith(beginning ?? "", answer.Body.Text("details"), StringComparison.Ordinal);
    }

    public static void AssertBroken(this RestAnswer answer, string? path = null) =>
        answer.AssertRefused(HttpStatusCode.UnprocessableEntity, "rule_broken", path);

    public static void AssertMissing(this RestAnswer answer, string code) => answer.AssertRefused(HttpStatusCode.NotFound, code);

    public static void AssertForbidden(this RestAnswer answer) => answer.AssertRefused(HttpStatusCode.Forbidden, "forbidden");
}
