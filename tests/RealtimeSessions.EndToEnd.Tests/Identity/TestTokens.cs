using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Identity;

/// <summary>Tokens signed by any key.</summary>
internal static class TestTokens
{
    public const string DevelopmentIssuer = "realtime-sessions-development";

    /// <summary>The key that a server in Development signs with.</summary>
    public static byte[] DevelopmentKey(ServerProcess server) => File.ReadAllBytes(Path.Combine(server.Folder, "development.key"));

    public static string Sign(byte[] key, string issuer, string audience, DateTime expires, string user = "alice") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Expires = expires,
            Claims = new Dictionary<string, object> { ["sub"] = user },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256),
        });
}
