using Microsoft.AspNetCore.Authentication.JwtBearer;
using RealtimeSessions.Server.Applications;

namespace RealtimeSessions.Server.Development;

/// <summary>What there is in Development only: tokens for the asking, and something to try them on.</summary>
internal static class DevelopmentSetup
{
    public static IServiceCollection AddDevelopment(this IServiceCollection services)
    {
        services.AddSingleton<DevelopmentTokens>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .PostConfigure<DevelopmentTokens>((options, tokens) => tokens.Accept(options.TokenValidationParameters));
        services.PostConfigure<ApplicationsOptions>(options =>
            options.Administrators = options.Administrators is [] ? [DemoApplication.Creator] : options.Administrators);
        services.AddHostedService<DemoApplication>();
        return services;
    }
}
