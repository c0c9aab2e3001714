using System.Text.Json;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Problems;

/// <summary>How errors are written. The addresses of conversations have a form of their own; all others have problem documents.</summary>
/// <param name="Name">What its schema is called.</param>
/// <param name="MediaType">The content type.</param>
/// <param name="WriteMembers">Writes the members of an error.</param>
internal sealed record ProblemForm(string Name, string MediaType, Action<Utf8JsonWriter, Error> WriteMembers)
{
    /// <summary>What a problem's type begins with; the code follows.</summary>
    public const string TypePrefix = "urn:realtime-sessions:error:";

    /// <summary>A problem document (RFC 9457).</summary>
    public static ProblemForm Document { get; } = new("Problem", "application/problem+json", WriteDocument);

    /// <summary>That of conversations, comments, spaces, groups and users.</summary>
    public static ProblemForm Resource { get; } = new("ResourceProblem", "application/json", WriteResource);

    /// <summary>What the addresses of <see cref="Resource"/> begin with, below <see cref="ApiSetup.Path"/>.</summary>
    private static readonly HashSet<string> Resources = new(StringComparer.OrdinalIgnoreCase)
    {
        "conversations", "comments", "spaces", "groups", "users", "userinfo",
    };

    /// <summary>The form that errors have at an address, be there something or not.</summary>
    public static ProblemForm At(PathString path) =>
        path.StartsWithSegments(ApiSetup.Path, out var below) && Resources.Contains(FirstOf(below.Value!)) ? Resource : Document;

    /// <summary>The code in words: <c>session_not_found</c> is "Session not found".</summary>
    public static string Title(ErrorCode code) => char.ToUpperInvariant(code.Name[0]) + code.Name[1..].Replace('_', ' ');

    private static string FirstOf(string path) => path.TrimStart('/').Split('/')[0];

    private static void WriteDocument(Utf8JsonWriter writer, Error error)
    {
        writer.WriteString("type", TypePrefix + error.Code.Name);
        writer.WriteString("title", Title(error.Code));
        writer.WriteNumber("status", error.Code.HttpStatus);
        writer.WriteString("detail", error.Text);
        writer.WriteString("code", error.Code.Name);
        writer.WriteNumber("number", error.Code.Number);
        writer.WriteBoolean("retryable", error.Code.IsRetryable);
        foreach (var (name, value) in error.Details ?? [])
        {
            writer.WritePropertyName(name);
            value!.WriteTo(writer);
        }
    }

    private static void WriteResource(Utf8JsonWriter writer, Error error)
    {
        writer.WriteString("problemType", TypePrefix + error.Code.Name);
        writer.WriteString("title", Title(error.Code));
        writer.WriteString("details", error.Text);
    }
}
