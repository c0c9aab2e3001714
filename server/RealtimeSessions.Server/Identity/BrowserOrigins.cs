using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace RealtimeSessions.Server.Identity;

/// <summary>Which web pages of other origins may call. Section <c>Cors</c>.</summary>
internal sealed class CorsOriginOptions
{
    /// <summary>Origins such as <c>https://app.example.com</c>. Default: none; in Development every port of this machine may call besides.</summary>
    public string[] Origins { get; set; } = [];
}

/// <summary>CORS by the configured origins.</summary>
internal static class BrowserOrigins
{
    public static IServiceCollection AddBrowserOrigins(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<CorsOriginOptions>().BindConfiguration("Cors")
            .Validate(options => options.Origins.All(IsOrigin), "Cors:Origins must be origins such as https://app.example.com.").ValidateOnStart();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<Microsoft.Extensions.Options.IOptions<CorsOriginOptions>>((cors, options) =>
            cors.AddDefaultPolicy(policy => policy
                .SetIsOriginAllowed(origin =>
                    options.Value.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase) || (environment.IsDevelopment() && IsThisMachine(origin)))
                .AllowAnyHeader().AllowAnyMethod().AllowCredentials()
                .WithExposedHeaders(HeaderNames.ETag, HeaderNames.Link, HeaderNames.Location, HeaderNames.RetryAfter)));
        return services;
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text;

    private static bool IsThisMachine(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
