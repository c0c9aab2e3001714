using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Api.Resources;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>The description of the API (OpenAPI), and in Development a page to read it and try it out.</summary>
internal static class DocumentSetup
{
    /// <summary>Where the description is.</summary>
    public const string Path = "/openapi/v1.json";

    /// <summary>Where the page is, in Development.</summary>
    public const string PagePath = "/dev/api";

    private const string Name = "v1";
    private const string Scheme = "bearer";

    public static IServiceCollection AddDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolver = JsonTypeInfoResolver.Combine(
                ResourceShapes.Resolver, ProtocolJsonContext.Default, RequestJsonContext.Default, json.SerializerOptions.TypeInfoResolver);
        });
        services.AddOpenApi(Name, options =>
        {
            // HEAD is GET without a body, and needs no words of its own.
            options.ShouldInclude = description => description.HttpMethod != HttpMethods.Head;
            options.AddDocumentTransformer((document, _, _) => DescribeAsync(document));
            options.AddOperationTransformer<OperationTransformer>();
            options.AddSchemaTransformer((schema, context, _) => SimplifyAsync(schema, context.JsonTypeInfo));
        });
        return services;
    }

    public static void MapDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi();

    /// <summary>The page, with nothing from elsewhere; one signs in by pasting a token.</summary>
    public static void UseDocumentPage(this IApplicationBuilder app) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = PagePath[1..];
        page.DocumentTitle = "RealtimeSessions";

        // Relative to the page, so that it is right behind a base path.
        page.SwaggerEndpoint($"../..{Path}", Name);
        page.EnablePersistAuthorization();
    });

    private static Task DescribeAsync(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "RealtimeSessions",
            Version = ServerVersion.Text,
            Description = "Sessions over plain HTTP: applications, their roles, sessions with their data, participants and events. What changes here reaches the "
                + "members of a session over the hub, like any other change; how they listen is told in PROTOCOL.md. Errors are problem documents (RFC 9457) with a code. "
                + "Conversations with their comments, and the spaces, groups and users that they are for: in snake_case, times in Unix milliseconds, every body an array "
                + "under the plural name of what it holds; their errors have problemType, title and details.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Scheme,
                BearerFormat = "JWT",
                Description = "A token of the configured issuer; in Development one of POST /dev/sign-in.",
            },
        };
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            if (operation.Responses?.ContainsKey("401") == true)
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What is absent is left out, never null; and free JSON has no shape.</summary>
    private static Task SimplifyAsync(OpenApiSchema schema, JsonTypeInfo type)
    {
        schema.Enum = NamesOf(type);
        schema.Type = schema.Enum is null ? schema.Type & ~JsonSchemaType.Null
            : schema.Enum.All(value => value.GetValueKind() == JsonValueKind.Number) ? JsonSchemaType.Integer
            : JsonSchemaType.String;
        schema.Required?.ExceptWith(type.Properties.Where(property => property.IsGetNullable).Select(property => property.Name));
        schema.Description = type.Type == typeof(JsonTree) ? "JSON; the session data are an object."
            : type.Type == typeof(RawJson) ? "An event, as the hub's callback for it carries it."
            : schema.Description;
        if (Nullable.GetUnderlyingType(type.Type) == typeof(CatalogCursor))
        {
            schema.Type = JsonSchemaType.String;
        }

        return Task.CompletedTask;
    }

    /// <summary>What an enumeration is written as; null if it is none.</summary>
    private static List<JsonNode>? NamesOf(JsonTypeInfo type)
    {
        var enumeration = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return enumeration.IsEnum
            ? [.. Enum.GetValues(enumeration).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type.Options.GetTypeInfo(enumeration))!)]
            : null;
    }
}
