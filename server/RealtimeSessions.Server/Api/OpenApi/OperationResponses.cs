using System.Globalization;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using RealtimeSessions.Server.Api.Binding;
using RealtimeSessions.Server.Api.Problems;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>What an operation answers: its success, and for each status of its errors what they look like.</summary>
internal static class OperationResponses
{
    public static async Task<OpenApiResponses> OfAsync(ApiOperation operation, SchemaComponents schemas, CancellationToken cancellationToken)
    {
        var responses = new OpenApiResponses();
        var form = ProblemForm.At(ApiSetup.Path + operation.Pattern);
        foreach (var status in Successes(operation))
        {
            responses[Text(status)] = new OpenApiResponse
            {
                Description = Describe(status),
                Headers = Headers(operation, status),
                Content = status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified ? null : new Dictionary<string, OpenApiMediaType>
                {
                    [RequestBody.Json] = new()
                    {
                        Schema = await schemas.OfAsync(operation.AnswerType, cancellationToken),
                        Example = Examples.Of(operation.AnswerType.Type.Name),
                    },
                },
            };
        }

        foreach (var codes in OperationErrors.Of(operation).GroupBy(code => code.HttpStatus).OrderBy(codes => codes.Key))
        {
            responses[Text(codes.Key)] = new OpenApiResponse
            {
                Description = string.Join(" or ", codes.Select(code => $"`{code}`")),
                Headers = codes.Key == StatusCodes.Status503ServiceUnavailable ? Header(HeaderNames.RetryAfter, "Seconds to wait.") : null,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [form.MediaType] = new() { Schema = ProblemSchema.Refer(form, schemas.Document), Example = ProblemSchema.Example(form, codes.First()) },
                },
            };
        }

        return responses;
    }

    private static IEnumerable<int> Successes(ApiOperation operation)
    {
        yield return operation.Status;
        if (operation.HasLocation && operation.Status != StatusCodes.Status201Created)
        {
            yield return StatusCodes.Status201Created;
        }

        if (operation.HasTag && HttpMethods.IsGet(operation.Method))
        {
            yield return StatusCodes.Status304NotModified;
        }
    }

    private static string Describe(int status) => status switch
    {
        StatusCodes.Status201Created => "It was made.",
        StatusCodes.Status204NoContent => "It is done.",
        StatusCodes.Status304NotModified => "The client has it already.",
        _ => "The answer.",
    };

    private static Dictionary<string, IOpenApiHeader>? Headers(ApiOperation operation, int status) =>
        status == StatusCodes.Status201Created && operation.HasLocation ? Header(HeaderNames.Location, "Where it is.")
        : operation.HasNext ? Header(HeaderNames.Link, "`<address>; rel=\"next\"`: the next page; absent on the last one.")
        : operation.HasTag ? Header(HeaderNames.ETag, "The entity tag of the session data.")
        : null;

    private static Dictionary<string, IOpenApiHeader> Header(string name, string description) => new()
    {
        [name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
    };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
