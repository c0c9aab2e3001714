using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>Judges the answers to requests.</summary>
internal static class RestVerdict
{
    private const string TypePrefix = "urn:realtime-sessions:error:";

    private static readonly string[] Resources = ["conversations", "comments", "spaces", "groups", "users", "userinfo"];

    /// <returns>The answer in a word.</returns>
    /// <exception cref="HostileException">It is none that may be given.</exception>
    public static string Of(RestRequest request, HttpAnswer? answer)
    {
        if (answer is null)
        {
            return !request.IsHttp ? "closed" : throw new HostileException("The connection ended without an answer.");
        }

        if (Leaks.In(answer.Headers + answer.Body) is { } leak)
        {
            throw new HostileException(leak);
        }

        return answer.Status switch
        {
            200 or 201 when answer.Body.Length == 0 && request.Method != "HEAD" && request.Segments is [_, "v1", ..] =>
                throw new HostileException("The answer is success with nothing in it."),
            >= 200 and < 300 or 304 => "success",
            101 when !request.IsHttp => "upgraded",
            // Dots may lead to the server's root, and that leads to the console: there, and nowhere else.
            302 when answer.Header("location").StartsWith("/console/", StringComparison.Ordinal) => "leads to the console",
            301 or 505 when !request.IsHttp => $"bare {answer.Status}",
            >= 400 and < 500 when request.Method == "HEAD" => $"{answer.Status}",
            >= 400 and < 500 => OfProblem(request, answer),
            _ => throw new HostileException($"The status is {answer.Status}: {answer.Body}"),
        };
    }

    private static string OfProblem(RestRequest request, HttpAnswer answer)
    {
        if (answer.Header("content-type") == RestRequest.Json || (request.IsHttp && IsOfResources(request)))
        {
            return OfResourceProblem(answer);
        }

        if (answer.Header("content-type") != "application/problem+json")
        {
            // What the web server does not take for a request it refuses without a word.
            return !request.IsHttp
                ? $"bare {answer.Status}"
                : throw new HostileException($"The answer is {answer.Status} and no problem document: {answer.Body}");
        }

        var problem = JsonSerializer.Deserialize<JsonElement>(answer.Body);
        var code = problem.TryGetProperty("code", out var found) ? found.GetString()! : "";
        return Codes.StatusOf(code) == answer.Status && problem.GetProperty("status").GetInt32() == answer.Status
            ? code
            : throw new HostileException($"The code does not go with the status {answer.Status}: {answer.Body}");
    }

    /// <summary>Errors of conversations, and of what they are about and for, have a form of their own.</summary>
    private static string OfResourceProblem(HttpAnswer answer)
    {
        var problem = JsonSerializer.Deserialize<JsonElement>(answer.Body);
        string?[] members = [.. problem.EnumerateObject().Select(member => member.Name)];
        var type = problem.TryGetProperty("problemType", out var found) ? found.GetString()! : "";
        var code = type.StartsWith(TypePrefix, StringComparison.Ordinal) ? type[TypePrefix.Length..] : "";
        return Codes.StatusOf(code) == answer.Status && answer.Header("content-type") == RestRequest.Json
            && members is ["problemType", "title", "details"] && problem.GetProperty("details").GetString() is not ""
            ? code
            : throw new HostileException($"The answer is {answer.Status} and no error of its address: {answer.Body}");
    }

    /// <summary>Whether the address is one of conversations for certain: dots may lead anywhere.</summary>
    private static bool IsOfResources(RestRequest request) =>
        request.Segments is ["api", "v1", var name, ..] && Resources.Contains(name)
        && !request.Segments.Exists(segment => segment.Contains('.', StringComparison.Ordinal) || segment.Contains("%2e", StringComparison.OrdinalIgnoreCase));
}
