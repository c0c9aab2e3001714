using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RealtimeSessions.LoadTester.Identity;

/// <summary>A server in Development signs in whoever asks.</summary>
/// <param name="url">The server's address.</param>
internal sealed class DevelopmentSignIn(Uri url) : IDisposable
{
    /// <summary>The user who may do everything there.</summary>
    public const string Administrator = "alice";

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"{url.AbsoluteUri.TrimEnd('/')}/") };

    /// <summary>Signs a user in.</summary>
    /// <exception cref="LoadException">The server is not there, or does not do that.</exception>
    public async Task<string> FetchAsync(string user, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsync("dev/sign-in", JsonContent.Create(new JsonObject { ["user"] = user }), cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Unauthorized)
            {
                throw new LoadException($"The server at {url} is not in Development, so it signs in nobody. Give --token or --token-command.");
            }

            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            return answer?["accessToken"]?.GetValue<string>() ?? throw new LoadException($"The server at {url} gave no token for {user}.");
        }
        catch (HttpRequestException exception)
        {
            throw new LoadException($"The server at {url} does not answer: {exception.Message}", exception);
        }
    }

    public void Dispose() => _http.Dispose();
}
