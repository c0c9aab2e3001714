using Microsoft.Extensions.Options;
using RealtimeSessions.Server.Api.OpenApi;
using RealtimeSessions.Server.Api.Problems;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Api.Routes;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Api;

/// <summary>Plain HTTP beside the hub: the API, and an error in words for whatever goes wrong at any address.</summary>
internal static class ApiSetup
{
    /// <summary>Where the API is.</summary>
    public const string Path = "/api/v1";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddDocument();
        services.AddSingleton<ApiBinder>();
        services.AddSingleton<InputRules>();
        services.AddSingleton<IRequestRules, ResourceRules>();
        services.AddSingleton<ApiRoutes, InfoRoute>();
        services.AddSingleton<ApiRoutes, ServerRoutes>();
        services.AddSingleton<ApiRoutes, ApplicationRoutes>();
        services.AddSingleton<ApiRoutes, RoleRoutes>();
        services.AddSingleton<ApiRoutes, SessionRoutes>();
        services.AddSingleton<ApiRoutes, SessionDataRoutes>();
        services.AddSingleton<ApiRoutes, SessionParticipantRoutes>();
        services.AddSingleton<ApiRoutes, SessionEventRoutes>();
        services.AddSingleton<ApiRoutes, ConversationRoutes>();
        services.AddSingleton<ApiRoutes, CommentRoutes>();
        services.AddSingleton<ApiRoutes, SpaceRoutes>();
        services.AddSingleton<ApiRoutes, GroupRoutes>();
        services.AddSingleton<ApiRoutes, UserRoutes>();
        return services;
    }

    public static void UseProblemDocuments(this IApplicationBuilder app)
    {
        app.UseMiddleware<ApiCalls>();
        app.UseMiddleware<ApiFailures>();
        app.UseStatusCodePages(page => ProblemWriter.WriteAsync(page.HttpContext, StatusErrors.Of(page.HttpContext.Response.StatusCode)));
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapDocument();
        var api = routes.MapGroup(Path);
        var conversations = routes.ServiceProvider.GetRequiredService<IOptions<DirectoryOptions>>().Value.Enabled;
        foreach (var resource in routes.ServiceProvider.GetServices<ApiRoutes>().Where(resource => conversations || resource is not ResourceRoutes))
        {
            foreach (var operation in resource.Operations)
            {
                api.MapOperation(operation).WithTags(resource.Name);
            }
        }
    }

    /// <summary>Maps one operation; it needs a caller unless it is anonymous.</summary>
    public static IEndpointConventionBuilder MapOperation(this IEndpointRouteBuilder routes, ApiOperation operation)
    {
        var methods = operation.Method == HttpMethods.Get ? new[] { HttpMethods.Get, HttpMethods.Head } : [operation.Method];
        var endpoint = routes.MapMethods(operation.Pattern, methods, operation.InvokeAsync).WithName(operation.Id).WithMetadata(operation);
        return operation.IsAnonymous ? endpoint : endpoint.RequireAuthorization();
    }
}
