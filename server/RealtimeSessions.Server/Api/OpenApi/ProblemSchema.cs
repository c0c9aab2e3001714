using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Problems;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>The shape of a problem document.</summary>
internal static class ProblemSchema
{
    private const string Id = "Problem";

    /// <summary>A reference to it; it is added to the document where it is not there yet.</summary>
    public static IOpenApiSchema Refer(OpenApiDocument document)
    {
        document.AddComponent(Id, Make());
        return new OpenApiSchemaReference(Id, document);
    }

    /// <summary>An example of a code.</summary>
    public static JsonNode Example(ErrorCode code) => JsonNode.Parse(ProblemWriter.Write(
        code == ErrorCode.InvalidArgument
            ? Error.InvalidArgument("$.ifSequenc", "there is no such member.")
            : new Error(code, $"{ProblemWriter.Title(code)}.")))!;

    private static OpenApiSchema Make() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem document (RFC 9457). Some codes have members besides: path, position, expected, firstAvailable, limit, retryAfter.",
        Required = new HashSet<string> { "type", "title", "status", "detail", "code", "number", "retryable" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text($"`{ProblemWriter.TypePrefix}` and the code."),
            ["title"] = Text("The code in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("One sentence for a developer."),
            ["code"] = Text("What a client can act on."),
            ["number"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The code's number." },
            ["retryable"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether the same call can succeed later." },
            ["path"] = Text("Of `invalid_argument`: the member that is missing, unknown or wrong, for example $.properties.room."),
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
