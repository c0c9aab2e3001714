using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Identity.TestTokens;

namespace RealtimeSessions.EndToEnd.Tests.Identity;

/// <summary>Who has no valid token is turned away with a code.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class TokenTests(EmbeddedDeployment deployment) : HubTest(deployment)
{
    public enum Token
    {
        None,
        Garbage,
        OfAnotherKey,
        OfAnotherIssuer,
        ForAnotherAudience,
        Expired,
        WithoutSubject,
        Tampered,
    }

    public static TheoryData<Token> InvalidTokens => new(Enum.GetValues<Token>());

    [Theory]
    [MemberData(nameof(InvalidTokens))]
    public async Task Hub_WithoutAValidToken_AnswersUnauthenticated(Token kind)
    {
        var token = Make(kind);

        var refused = await Assert.ThrowsAsync<HubRefusedException>(() => HubClient.ConnectAsync(First.Address, token));
        Assert.Equal(401, refused.Status);

        using var http = new HttpClient { BaseAddress = First.Address };
        using var inQuery = await http.GetAsync($"hub?access_token={token}");
        using var request = new HttpRequestMessage(HttpMethod.Get, "hub");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var inHeader = await http.SendAsync(request);
        foreach (var response in new[] { inQuery, inHeader })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("unauthenticated", problem.GetProperty("code").GetString());
            Assert.Equal(401, problem.GetProperty("status").GetInt32());
        }
    }

    [Fact]
    public async Task Connection_WhoseTokenExpires_IsClosed()
    {
        var token = Sign(DevelopmentKey(First), DevelopmentIssuer, DevelopmentIssuer, DateTime.UtcNow.AddSeconds(15));
        await using var client = await HubClient.ConnectAsync(First.Address, token);
        await client.CallAsync("ListSessions", new { applicationId = "demo" });

        await client.Closed.WaitAsync(Callbacks.Patience);
    }

    private string? Make(Token kind)
    {
        var (key, issuer, later) = (DevelopmentKey(First), DevelopmentIssuer, DateTime.UtcNow.AddHours(1));
        var valid = Sign(key, issuer, issuer, later);
        return kind switch
        {
            Token.None => null,
            Token.Garbage => "garbage",
            Token.OfAnotherKey => Sign(RandomNumberGenerator.GetBytes(32), issuer, issuer, later),
            Token.OfAnotherIssuer => Sign(key, "another", issuer, later),
            Token.ForAnotherAudience => Sign(key, issuer, "another", later),
            Token.Expired => Sign(key, issuer, issuer, DateTime.UtcNow.AddHours(-1)),
            Token.WithoutSubject => Sign(key, issuer, issuer, later, user: ""),
            _ => valid[..^8] + (valid.EndsWith("AAAAAAAA", StringComparison.Ordinal) ? "BBBBBBBB" : "AAAAAAAA"),
        };
    }
}
