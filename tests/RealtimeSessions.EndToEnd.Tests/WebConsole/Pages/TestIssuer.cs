using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole.Pages;

/// <summary>
/// An OpenID Connect issuer at which everybody is dora: authorization code flow with PKCE (RFC 7636), checked as an issuer does. Its tokens are had at another
/// origin than its own, as those of some are.
/// </summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string ClientId = "console";
    public const string Audience = "realtime-sessions";

    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "test" };
    private readonly ConcurrentDictionary<string, string> _challenges = new();

    private TestIssuer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public Uri TokenAddress => new(_app.Urls.Last());

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0", "http://127.0.0.1:0");
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.AllowAnyOrigin().AllowAnyHeader()));
        var issuer = new TestIssuer(builder.Build());
        issuer._app.UseCors();
        issuer._app.MapGet("/.well-known/openid-configuration", issuer.Describe);
        issuer._app.MapGet("/keys", issuer.Keys);
        issuer._app.MapGet("/authorize", issuer.Authorize);
        issuer._app.MapPost("/token", issuer.ExchangeAsync);
        await issuer._app.StartAsync();
        return issuer;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Describe() => Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = Name, ["authorization_endpoint"] = $"{Name}/authorize", ["token_endpoint"] = new Uri(TokenAddress, "token"), ["jwks_uri"] = $"{Name}/keys",
    });

    private IResult Keys()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = _key.KeyId });
        return Results.Json(new { keys = new[] { new { kty = key.Kty, kid = key.Kid, n = key.N, e = key.E, use = "sig", alg = SecurityAlgorithms.RsaSha256 } } });
    }

    /// <summary>Nobody is asked anything.</summary>
    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["code_challenge_method"] != "S256" || query["response_type"] != "code")
        {
            return Results.BadRequest();
        }

        var code = Guid.NewGuid().ToString("N");
        _challenges[code] = query["code_challenge"]!;
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    private async Task<IResult> ExchangeAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var hash = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return _challenges.TryRemove(form["code"].ToString(), out var challenge) && challenge == hash
            ? Results.Json(new { access_token = Sign(Audience), id_token = Sign(ClientId), token_type = "Bearer", expires_in = 3600, scope = "openid profile email" })
            : Results.BadRequest(new { error = "invalid_grant" });
    }

    private string Sign(string audience) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Name,
        Audience = audience,
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object> { ["sub"] = "dora-7", ["name"] = "Dora" },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
    });

    private string Name => Address.GetLeftPart(UriPartial.Authority);
}
