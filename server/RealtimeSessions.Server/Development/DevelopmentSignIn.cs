using System.Text.Json.Serialization;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api;

namespace RealtimeSessions.Server.Development;

/// <summary><c>POST /dev/sign-in</c>: a token for whoever one says one is. In Development only.</summary>
internal static class DevelopmentSignIn
{
    private const int MaximumLength = 200;

    public static void MapDevelopmentSignIn(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.ServiceProvider.GetRequiredService<DevelopmentTokens>();
        routes.MapOperation(new ApiOperation<SignIn, SignedIn>("POST", "/dev/sign-in", "SignIn")
        {
            Summary = "Get a token",
            Description = "For any name; bob is in the group designers, carol in reviewers, alice may make applications. In Development only.",
            IsAnonymous = true,
            Request = DevelopmentJsonContext.Default.SignIn,
            Answer = DevelopmentJsonContext.Default.SignedIn,
            Handle = (_, request) => Task.FromResult(Answer(tokens, request)),
        }).WithTags("Development");
    }

    private static Result<SignedIn> Answer(DevelopmentTokens tokens, SignIn request)
    {
        if (request.User is not { Length: > 0 and <= MaximumLength })
        {
            return Error.InvalidArgument("$.user", $"must be 1 to {MaximumLength} characters.");
        }

        var (accessToken, expiresAt) = tokens.Issue(request.User);
        return new SignedIn(accessToken, expiresAt);
    }
}

/// <summary>Asks for a token.</summary>
/// <param name="User">Whoever one says one is, 1 to 200 characters.</param>
internal sealed record SignIn(string User);

/// <summary>A token.</summary>
/// <param name="AccessToken">The bearer token.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record SignedIn(string AccessToken, DateTimeOffset ExpiresAt);

/// <summary>How the two are read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SignIn))]
[JsonSerializable(typeof(SignedIn))]
internal sealed partial class DevelopmentJsonContext : JsonSerializerContext;
