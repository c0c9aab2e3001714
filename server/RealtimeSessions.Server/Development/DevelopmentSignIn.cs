namespace RealtimeSessions.Server.Development;

/// <summary><c>POST /dev/sign-in</c>: a token for whoever one says one is. In Development only.</summary>
internal static class DevelopmentSignIn
{
    public static void MapDevelopmentSignIn(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/dev/sign-in", (SignIn request, DevelopmentTokens tokens) =>
        {
            if (request.User is not { Length: > 0 and <= 200 })
            {
                return Results.Problem("\"user\" must be a text of 1 to 200 characters.", statusCode: StatusCodes.Status400BadRequest);
            }

            var (accessToken, expiresAt) = tokens.Issue(request.User);
            return Results.Ok(new { accessToken, expiresAt = expiresAt.UtcDateTime });
        });

    private sealed record SignIn(string? User);
}
