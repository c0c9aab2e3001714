using System.Net;
using System.Net.Http.Headers;

namespace RealtimeSessions.LoadTester.Identity;

/// <summary>Asks a server whether it takes a token, so that whoever gave a wrong one is told so at once.</summary>
internal static class TokenCheck
{
    /// <summary>Asks.</summary>
    /// <param name="url">The server's address.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="user">Whose is tried.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoadException">There is no token, or it is refused.</exception>
    public static async Task RunAsync(Uri url, ITokenSource tokens, string user, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(user, cancellationToken);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{url.AbsoluteUri.TrimEnd('/')}/api/v1/applications");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                throw new LoadException($"The server at {url} refuses the token of {user}: it has expired, or is another issuer's.");
            }
        }
        catch (HttpRequestException exception)
        {
            throw new LoadException($"The server at {url} does not answer: {exception.Message}", exception);
        }
    }
}
