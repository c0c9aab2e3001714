using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>How a call has ended.</summary>
/// <param name="Code">Its error; null: it has succeeded.</param>
/// <param name="Answer">Its answer, or the details of its error.</param>
internal sealed record Outcome(string? Code, JsonElement Answer)
{
    public override string ToString() => Code ?? "success";
}

/// <summary>A way in for one user: the hub or the REST API of one server.</summary>
internal abstract class Door(string source)
{
    /// <summary>What events that came this way say of it.</summary>
    public string Source => source;

    /// <summary>Whether a row can be called this way.</summary>
    public abstract bool Serves(TableRow row);

    public abstract Task<Outcome> CallAsync(TableCall call, Target target);

    /// <summary>A code, or what is wrong with the details that go with it.</summary>
    /// <param name="code">The code.</param>
    /// <param name="details">What goes with it; undefined: nothing.</param>
    /// <param name="aside">Members that are no details.</param>
    protected static string CheckDetails(string code, JsonElement details, params string[] aside)
    {
        if (!ProtocolDocument.Errors.TryGetValue(code, out var row))
        {
            return $"{code}, which is no error of PROTOCOL.md";
        }

        var names = details.ValueKind == JsonValueKind.Undefined ? [] : details.EnumerateObject().Select(member => member.Name).Except(aside).ToArray();

        // A conflict of names has no position.
        return names.SequenceEqual(row.Details) || (code == "conflict" && names.Length == 0) ? code
            : $"{code} with the details {string.Join(", ", names)}";
    }
}

/// <summary>A connection to the hub.</summary>
internal sealed class HubDoor(HubClient client) : Door(Name)
{
    public const string Name = "hub";

    public override bool Serves(TableRow row) => row.Method is not null;

    public override async Task<Outcome> CallAsync(TableCall call, Target target)
    {
        var request = call.Members.DeepClone().AsObject();
        if (call.Row.IsAboutApplication)
        {
            request["applicationId"] = target.ApplicationId;
        }

        if (call.Row.IsAboutSession)
        {
            request["sessionId"] = target.SessionId;
        }

        try
        {
            return new Outcome(null, await client.CallAsync(call.Row.Method!, request));
        }
        catch (HubCallException refused)
        {
            return new Outcome(CheckDetails(refused.Code, refused.Details), refused.Details);
        }
    }
}

/// <summary>A user's REST client.</summary>
internal sealed class RestDoor(RestClient client) : Door(Name)
{
    public const string Name = "rest";

    private static readonly string[] OfAnyProblem = ["type", "title", "status", "detail", "code", "number", "retryable"];

    public override bool Serves(TableRow row) => row.Rest is not null;

    public override async Task<Outcome> CallAsync(TableCall call, Target target)
    {
        var form = RestForm.Of(call.Row.Rest!, target, call.Members);
        var answer = await client.CallAsync(call.Row.Rest!.Verb, form.Path, form.Body, form.MediaType, form.Headers);
        return new Outcome(answer.Code is { } code ? Check(code, answer) : CheckSuccess(answer), answer.Body);
    }

    /// <summary>The code, or what is wrong with the problem document.</summary>
    private static string Check(string code, RestAnswer answer)
    {
        var (number, retryable) = (answer.Body.GetProperty("number").GetInt32(), answer.Body.GetProperty("retryable").GetBoolean());
        return ProtocolDocument.Errors.GetValueOrDefault(code) is { } row && (row.Status, row.Number, row.Retryable) != ((int)answer.Status, number, retryable)
            ? $"{code} with status {(int)answer.Status}, number {number}, retryable {retryable}"
            : CheckDetails(code, answer.Body, OfAnyProblem);
    }

    private static string? CheckSuccess(RestAnswer answer)
    {
        var isEmpty = answer.Body.ValueKind == JsonValueKind.Undefined;
        return (answer.Status, answer.Headers.Location is not null, isEmpty) switch
        {
            (HttpStatusCode.OK, false, false) or (HttpStatusCode.Created, true, false) or (HttpStatusCode.NoContent, false, true) => null,
            var (status, hasLocation, _) => $"status {(int)status} {(hasLocation ? "with" : "without")} Location and {(isEmpty ? "no" : "a")} body",
        };
    }
}
