using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace RealtimeSessions.Server.Identity;

/// <summary>Callers are known by JWT bearer tokens; the section <c>Authentication:Schemes:Bearer</c> says whose.</summary>
internal static class IdentitySetup
{
    /// <summary>Where the settings of the tokens are.</summary>
    public const string BearerSection = "Authentication:Schemes:Bearer";

    /// <param name="services">The services.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="environment">Outside Development, nobody to accept tokens from is an error.</param>
    /// <param name="webSocketPath">The one path on which the token may stand in the query: browsers cannot set headers on a WebSocket.</param>
    public static IServiceCollection AddIdentity(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, PathString webSocketPath)
    {
        services.AddOptions<IdentityOptions>().BindConfiguration("Identity")
            .Validate(options => options.GroupsClaim.Length > 0, "Identity:GroupsClaim is empty.").ValidateOnStart();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options => Configure(options, webSocketPath));
        services.AddAuthorization();
        if (!environment.IsDevelopment() && !IsConfigured(configuration.GetSection(BearerSection)))
        {
            throw new OptionsValidationException(BearerSection, typeof(JwtBearerOptions),
                [$"Nobody could sign in: set {BearerSection}:Authority (an OpenID Connect issuer) or {BearerSection}:SigningKeys."]);
        }

        return services;
    }

    private static bool IsConfigured(IConfigurationSection bearer) =>
        bearer["Authority"] is { Length: > 0 } || bearer["MetadataAddress"] is { Length: > 0 } || bearer.GetSection("SigningKeys").GetChildren().Any();

    private static void Configure(JwtBearerOptions options, PathString webSocketPath)
    {
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters.NameClaimType = Caller.SubjectClaim;
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                if (context.Request.Path.StartsWithSegments(webSocketPath) && context.Request.Query["access_token"] is [{ Length: > 0 } token])
                {
                    context.Token = token;
                }

                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                if (context.Principal?.FindFirst(Caller.SubjectClaim) is { Value.Length: > 0 and <= 200 })
                {
                    var identity = context.HttpContext.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value;
                    context.Principal = Caller.Reduce(context.Principal, identity.GroupsClaim);
                }
                else
                {
                    context.Fail(new SecurityTokenValidationException("The token has no subject of 1 to 200 characters."));
                }

                return Task.CompletedTask;
            },
            OnChallenge = context =>
            {
                // Nothing of why: what is written for a bare status says enough.
                context.HandleResponse();
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers.WWWAuthenticate = JwtBearerDefaults.AuthenticationScheme;
                return Task.CompletedTask;
            },
        };
    }
}
