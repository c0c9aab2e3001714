using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rights;

/// <summary>Somebody who tries what he may, over REST and over the hub.</summary>
internal sealed record Actor(Person Person, HubClient Hub)
{
    private const int PerPage = 100;

    /// <summary>Tries an act.</summary>
    /// <param name="act">The act.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="space">Its space.</param>
    /// <param name="form">What the conversation was made of.</param>
    /// <param name="guest">Whom to invite.</param>
    /// <returns>What each door was told: null, or the code of the error.</returns>
    public async Task<Dictionary<string, string?>> TryAsync(Act act, long conversation, long space, object form, long guest)
    {
        var path = $"conversations/{conversation}";
        return act switch
        {
            Act.Read => new() { ["GET"] = await RestAsync("GET", path) },
            Act.List => new() { ["list"] = await IsListedAsync(conversation, space) },
            Act.ListComments => new()
            {
                ["GET"] = await RestAsync("GET", $"comments?resource_type=conversation&resource_id={conversation}"),
                ["hub"] = await HubAsync("ListComments", new { conversationId = conversation }),
            },
            Act.Comment => new()
            {
                ["POST"] = await RestAsync("POST", "comments", Person.Body("comments", new { content = "Hello", resource_id = conversation })),
                ["hub"] = await HubAsync("CreateComment", new { conversationId = conversation, content = "Hello" }),
            },
            Act.Change => new() { ["PUT"] = await RestAsync("PUT", path, Person.Body("conversations", new { name = "Another name" })) },
            Act.Invite => new() { ["PUT"] = await RestAsync("PUT", path, Person.Body("conversations", Invitation(form, guest))) },
            Act.Delete => new() { ["DELETE"] = await RestAsync("DELETE", path) },
            _ => new() { ["hub"] = await HubAsync("JoinConversation", new { conversationId = conversation }) },
        };
    }

    /// <summary>Those who are listed, and one more.</summary>
    private static object Invitation(object form, long guest)
    {
        var asked = JsonSerializer.SerializeToElement(form);
        var participants = asked.GetProperty("participants").EnumerateArray().Select(entry => (object)entry).Append(new { user_id = guest });

        // What was just for oneself is not once somebody is invited.
        return new { participants, stakeholder = Math.Max(1, asked.GetProperty("stakeholder").GetInt32()) };
    }

    private async Task<string?> RestAsync(string method, string path, object? body = null) => (await Person.Rest.CallAsync(method, path, body)).ProblemOf();

    private async Task<string?> HubAsync(string method, object request)
    {
        try
        {
            await Hub.CallAsync(method, request);
            return null;
        }
        catch (HubCallException refused)
        {
            return refused.Code;
        }
    }

    private async Task<string?> IsListedAsync(long conversation, long space)
    {
        // Whoever is no member of the space may list without naming it.
        var isMember = (await Person.Rest.CallAsync("GET", $"spaces/{space}")).ProblemOf() is null;
        var next = $"conversations?per_page={PerPage}" + (isMember ? $"&space_id={space}" : "");
        while (true)
        {
            var answer = await Person.Rest.CallAsync("GET", next);
            var ids = answer.Body.GetProperty("conversations").EnumerateArray().Select(one => one.GetProperty("id").GetInt64()).ToArray();
            if (ids.Contains(conversation))
            {
                return null;
            }

            if (!answer.Headers.TryGetValues("Link", out var link))
            {
                return Expectation.Missing;
            }

            next = link.Single().Split('<', '>')[1];
        }
    }
}

/// <summary>Answers as the table has them.</summary>
internal static class Problems
{
    /// <summary>The code of the problem, which has the status that goes with it; null: there is none.</summary>
    public static string? ProblemOf(this RestAnswer answer)
    {
        var problem = answer.Problem();
        Assert.Equal(problem switch { null => (int)answer.Status, Expectation.Forbidden => 403, "rule_broken" => 422, _ => 404 }, (int)answer.Status);
        return problem;
    }
}
