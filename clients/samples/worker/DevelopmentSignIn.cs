using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RealtimeSessions.Samples.Worker;

/// <summary>A server in Development signs in whoever asks. In your product: whatever gives the worker a token.</summary>
internal sealed class DevelopmentSignIn(WorkerOptions options) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = options.Url };

    public async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync("/dev/sign-in", new JsonObject { ["user"] = options.User }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return answer!["accessToken"]!.GetValue<string>();
    }

    public void Dispose() => _http.Dispose();
}
