using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Problems;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>The shapes of errors.</summary>
internal static class ProblemSchema
{
    /// <summary>A reference to the shape of a form; it is added to the document where it is not there yet.</summary>
    public static IOpenApiSchema Refer(ProblemForm form, OpenApiDocument document)
    {
        document.AddComponent(form.Name, form == ProblemForm.Document ? Document() : Resource());
        return new OpenApiSchemaReference(form.Name, document);
    }

    /// <summary>An example of a code.</summary>
    public static JsonNode Example(ProblemForm form, ErrorCode code) => JsonNode.Parse(ProblemWriter.Write(
        form,
        code == ErrorCode.InvalidArgument
            ? Error.InvalidArgument("$.nmae", "there is no such member.")
            : new Error(code, $"{ProblemForm.Title(code)}.")))!;

    private static OpenApiSchema Document() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem document (RFC 9457). Some codes have members besides: path, position, expected, firstAvailable, limit, retryAfter.",
        Required = new HashSet<string> { "type", "title", "status", "detail", "code", "number", "retryable" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text($"`{ProblemForm.TypePrefix}` and the code."),
            ["title"] = Text("The code in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("One sentence for a developer."),
            ["code"] = Text("What a client can act on."),
            ["number"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The code's number." },
            ["retryable"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether the same call can succeed later." },
            ["path"] = Text("Of `invalid_argument`: the member that is missing, unknown or wrong, for example $.properties.room."),
        },
    };

    private static OpenApiSchema Resource() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An error at an address of conversations, comments, spaces, groups or users.",
        Required = new HashSet<string> { "problemType", "title", "details" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["problemType"] = Text($"`{ProblemForm.TypePrefix}` and the code: what a client can act on."),
            ["title"] = Text("The code in words."),
            ["details"] = Text("One sentence for a developer; it begins with the member that is missing, unknown or wrong."),
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
