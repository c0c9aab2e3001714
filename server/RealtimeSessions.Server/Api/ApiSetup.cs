namespace RealtimeSessions.Server.Api;

/// <summary>Plain HTTP beside the hub: whatever goes wrong is answered with a problem document (RFC 9457), and bad input is never an error of the server.</summary>
internal static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        return services;
    }

    public static void UseProblemDocuments(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
}
