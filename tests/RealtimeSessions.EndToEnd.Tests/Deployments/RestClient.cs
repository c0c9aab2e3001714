using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Deployments;

/// <summary>An answer over REST.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body; undefined if it has none.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record RestAnswer(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)
{
    /// <summary>The code of the problem, in whichever form it is written; null if it is none.</summary>
    public string? Code =>
        Body.ValueKind != JsonValueKind.Object ? null
        : Body.TryGetProperty("code", out var code) ? code.GetString()
        : Body.TryGetProperty("problemType", out var type) ? type.GetString()!.Split(':')[^1]
        : null;
}

/// <summary>A user who calls one server over REST.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly HttpClient _http;

    private RestClient(HttpClient http) => _http = http;

    /// <summary>His token.</summary>
    public string Token => _http.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <param name="server">The server.</param>
    /// <param name="user">The user.</param>
    /// <param name="host">The name that the server is called by, as behind a proxy; null: its own.</param>
    public static async Task<RestClient> SignInAsync(ServerProcess server, string user, string? host = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.SignInAsync(user));
        http.DefaultRequestHeaders.Host = host;
        return new RestClient(http);
    }

    /// <summary>Calls an address.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The address under <c>/api/v1/</c>.</param>
    /// <param name="body">What to send as JSON; null: nothing.</param>
    /// <param name="contentType">The body's type.</param>
    /// <param name="headers">More headers.</param>
    public async Task<RestAnswer> CallAsync(
        string method, string path, object? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, contentType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new RestAnswer(response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), response.Headers);
    }

    /// <summary>Calls an address that must answer with success.</summary>
    public async Task<JsonElement> DoAsync(string method, string path, object? body = null)
    {
        var answer = await CallAsync(method, path, body);
        Assert.True((int)answer.Status < 300, $"{method} {path}: {answer.Status} {answer.Body}");
        return answer.Body;
    }

    public void Dispose() => _http.Dispose();
}
