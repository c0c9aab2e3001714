using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using RealtimeSessions.Server.Development;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Storage;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Development;

public sealed class DevelopmentTokensTests
{
    [Theory]
    [InlineData("alice", "alice@example.com")]
    [InlineData("A.b_c-9", "A.b_c-9@example.com")]
    [InlineData("two words", null)]
    [InlineData("alice\n", null)]
    [InlineData("ålice", null)]
    public void Issue_AUser_HasANameAndWhereItCanBeAnAddress(string user, string? email)
    {
        using var folder = new TemporaryFolder();
        var tokens = new DevelopmentTokens(
            Options.Create(new IdentityOptions()), Options.Create(new StorageOptions { Directory = folder.Path }), TimeProvider.System);

        var token = new JsonWebToken(tokens.Issue(user).AccessToken);

        Assert.Equal(user, token.GetClaim("name").Value);
        Assert.Equal(email, token.TryGetClaim("email", out var claim) ? claim.Value : null);
    }
}
