using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Storage;

namespace RealtimeSessions.Server.Development;

/// <summary>Issues and accepts tokens for anyone by name. In Development only; the key is kept beside the data, so that tokens outlive a restart.</summary>
internal sealed partial class DevelopmentTokens
{
    private const string Issuer = "realtime-sessions-development";
    private const string KeyFile = "development.key";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private static readonly Dictionary<string, string[]> DemoGroups = new()
    {
        ["bob"] = ["designers"],
        ["carol"] = ["reviewers"],
    };

    /// <summary>The users that the documentation speaks of; any other name does as well.</summary>
    public static IReadOnlyList<string> DemoUsers { get; } = [DemoApplication.Creator, .. DemoGroups.Keys];

    private readonly SymmetricSecurityKey _key;
    private readonly IdentityOptions _options;
    private readonly TimeProvider _time;

    public DevelopmentTokens(
        Microsoft.Extensions.Options.IOptions<IdentityOptions> options,
        Microsoft.Extensions.Options.IOptions<StorageOptions> storage,
        TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _key = new SymmetricSecurityKey(ReadOrMakeKey(storage.Value.Directory));
    }

    /// <summary>Makes the server accept these tokens beside the configured ones.</summary>
    public void Accept(TokenValidationParameters parameters)
    {
        parameters.IssuerSigningKeys = [.. parameters.IssuerSigningKeys ?? [], _key];
        parameters.ValidIssuers = [.. parameters.ValidIssuers ?? [], Issuer];
        parameters.ValidAudiences = [.. parameters.ValidAudiences ?? [], Issuer];
    }

    /// <summary>A token for a user. Demo users bring their groups.</summary>
    public (string AccessToken, DateTimeOffset ExpiresAt) Issue(string user)
    {
        var expires = _time.GetUtcNow() + Lifetime;
        var claims = new Dictionary<string, object>
        {
            ["sub"] = user,
            ["name"] = user,
            [_options.GroupsClaim] = DemoGroups.GetValueOrDefault(user, []),
        };
        if (Mailbox().IsMatch(user))
        {
            claims["email"] = $"{user}@example.com";
        }

        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
        return (token, expires);
    }

    private static byte[] ReadOrMakeKey(string directory)
    {
        var path = Path.Combine(System.IO.Directory.CreateDirectory(directory).FullName, KeyFile);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
        }
        catch (IOException) when (File.Exists(path))
        {
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>What can stand before the @ of an address.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Mailbox();
}
