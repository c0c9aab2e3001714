using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.WebConsole;

/// <summary>The web console: files that the build has put beside the server, and what they have to know of it.</summary>
internal static class ConsoleSetup
{
    /// <summary>Where it is. The slash belongs to it: whatever it loads, it names relatively.</summary>
    public const string Path = Root + "/";

    private const string Root = "/console";
    private const string AssetsPath = Path + "assets";
    private const string OneYear = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    public static IServiceCollection AddWebConsole(this IServiceCollection services)
    {
        services.AddOptions<ConsoleOptions>()
            .Configure<IHostEnvironment, IConfiguration>((options, environment, configuration) =>
            {
                options.Enabled = environment.IsDevelopment();
                options.Authority = configuration[$"{IdentitySetup.BearerSection}:Authority"] ?? "";
            })
            .BindConfiguration("Console")
            .Validate(options => !options.Enabled || options.Authority.Length == 0 || IsIssuer(options.Authority),
                "Console:Authority must be the address of an OpenID Connect issuer, such as https://login.example.com.")
            .Validate(options => !options.Enabled || options.IssuerOrigins.All(IsOrigin),
                "Console:IssuerOrigins must be origins, such as https://tokens.example.com.")
            .Validate(options => !options.Enabled || options.ClientId.Length == 0 || options.Authority.Length > 0,
                $"Console:ClientId needs an issuer: set Console:Authority or {IdentitySetup.BearerSection}:Authority.")
            .Validate(options => !options.Enabled || options.Scope.Split(' ').Contains("openid"), "Console:Scope must have openid in it.")
            .ValidateOnStart();
        services.AddResponseCompression(compression =>
        {
            // Files that anybody may read, so nothing can be guessed from their size.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "text/javascript", "text/css", "image/svg+xml"];
        });
        services.AddSingleton<ConsoleFiles>();
        services.AddSingleton<ConsoleSettings>();
        return services;
    }

    /// <summary>Serves the console, where it is there and wanted.</summary>
    public static void UseWebConsole(this WebApplication app)
    {
        var files = app.Services.GetRequiredService<ConsoleFiles>();
        if (!files.AreServed)
        {
            return;
        }

        app.UseWhen(context => context.Request.Path.StartsWithSegments(Root), console =>
        {
            console.UseMiddleware<ConsoleHeaders>();
            console.Use((context, next) => context.Request.Path == Root ? LeadAsync(context) : next(context));
            console.UseResponseCompression();
            console.UseFileServer(new FileServerOptions
            {
                RequestPath = Root,
                RedirectToAppendTrailingSlash = false,
                FileProvider = new PhysicalFileProvider(files.Folder),
                StaticFileOptions = { HttpsCompression = HttpsCompressionMode.Compress, OnPrepareResponse = SetCaching },
            });
        });
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/", reading, LeadAsync);
        app.MapMethods(Path + ConsoleSettings.FileName, reading, app.Services.GetRequiredService<ConsoleSettings>().WriteAsync);
    }

    /// <summary>Leads to the console, at whatever host the client sees.</summary>
    private static Task LeadAsync(HttpContext context)
    {
        context.Response.Redirect($"{context.Request.PathBase}{Path}{context.Request.QueryString}");
        return Task.CompletedTask;
    }

    /// <summary>An asset's name changes with what is in it; everything else is asked for again.</summary>
    private static void SetCaching(StaticFileResponseContext served) =>
        served.Context.Response.Headers[HeaderNames.CacheControl] = served.Context.Request.Path.StartsWithSegments(AssetsPath) ? OneYear : AskAgain;

    private static bool IsIssuer(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsOrigin(string text) => IsIssuer(text) && new Uri(text) is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
