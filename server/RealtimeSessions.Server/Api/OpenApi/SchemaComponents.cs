using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>Schemas of the protocol's types: each object stands once among the document's components, and is referred to wherever it occurs.</summary>
internal sealed class SchemaComponents(OpenApiOperationTransformerContext context)
{
    public OpenApiDocument Document => context.Document!;

    /// <summary>The schema of a type; of an object, a reference to it.</summary>
    public async Task<IOpenApiSchema> OfAsync(JsonTypeInfo type, CancellationToken cancellationToken)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return await context.GetOrCreateSchemaAsync(type.Type, parameterDescription: null, cancellationToken);
        }

        var id = type.Type.Name;
        if (Document.Components?.Schemas?.ContainsKey(id) != true)
        {
            var schema = await context.GetOrCreateSchemaAsync(type.Type, parameterDescription: null, cancellationToken);
            await ReferAsync(schema, type, cancellationToken);
            Document.AddComponent(id, schema);
        }

        return new OpenApiSchemaReference(id, Document);
    }

    /// <summary>The schemas of a request's members, and of those of its part, by their names.</summary>
    public async Task<IReadOnlyDictionary<string, IOpenApiSchema>> MembersAsync(ApiOperation operation, CancellationToken cancellationToken)
    {
        var members = new Dictionary<string, IOpenApiSchema>();
        var part = operation.RequestType.Properties.SingleOrDefault(property => property.Name == operation.Part);
        foreach (var type in new[] { operation.RequestType, part is null ? null : operation.RequestType.Options.GetTypeInfo(part.PropertyType) }.OfType<JsonTypeInfo>())
        {
            var schema = await context.GetOrCreateSchemaAsync(type.Type, parameterDescription: null, cancellationToken);
            await ReferAsync(schema, type, cancellationToken);
            foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                members.TryAdd(name, member);
            }
        }

        return members;
    }

    /// <summary>Puts references in the place of the objects in an object, or in its lists.</summary>
    private async Task ReferAsync(OpenApiSchema schema, JsonTypeInfo type, CancellationToken cancellationToken)
    {
        foreach (var property in type.Properties.Where(property => schema.Properties?.ContainsKey(property.Name) == true))
        {
            var inner = type.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            if (inner.Kind == JsonTypeInfoKind.Object)
            {
                schema.Properties![property.Name] = await OfAsync(inner, cancellationToken);
            }
            else if (inner is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && schema.Properties![property.Name] is OpenApiSchema list)
            {
                list.Items = await OfAsync(type.Options.GetTypeInfo(element), cancellationToken);
            }
        }
    }
}
