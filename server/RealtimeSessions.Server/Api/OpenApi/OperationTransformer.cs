using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RealtimeSessions.Server.Api.Binding;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>Describes an operation by what it is made of.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation description, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().SingleOrDefault() is not { } operation)
        {
            return;
        }

        var schemas = new SchemaComponents(context);
        var members = await schemas.MembersAsync(operation, cancellationToken);
        description.Summary = operation.Summary;
        description.Description = operation.Description;
        description.Parameters = [.. OperationParameters.Of(operation, members)];
        description.RequestBody = operation.Map.Form == BodyForm.None ? null : Body(operation, members);
        description.Responses = await OperationResponses.OfAsync(operation, schemas, cancellationToken);
    }

    private static OpenApiRequestBody? Body(ApiOperation operation, IReadOnlyDictionary<string, IOpenApiSchema> members)
    {
        var inBody = operation.Map.In(MemberPlace.Body).ToArray();
        var schema = operation.Map.Form == BodyForm.Part ? ObjectOf(members[operation.Map.Part!]) : new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = inBody.ToDictionary(member => member.Name, member => members[member.Name]),
            Required = inBody.Where(member => member.IsRequired).Select(member => member.Name).ToHashSet(),
            AdditionalPropertiesAllowed = false,
        };
        return operation.Map.Form == BodyForm.Members && inBody.Length == 0 ? null : new OpenApiRequestBody
        {
            Required = operation.Map.NeedsBody,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [operation.MediaType] = new() { Schema = schema, Example = Examples.Of(operation.Id) },
            },
        };
    }

    private static OpenApiSchema ObjectOf(IOpenApiSchema part) => new()
    {
        Type = JsonSchemaType.Object,
        Description = part.Description,
        AdditionalProperties = part.AdditionalProperties,
    };
}
