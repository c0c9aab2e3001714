using System.Net.Http.Json;
using System.Text.Json;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary>Asks a server what it is: its version, and how many calls it takes of a connection.</summary>
internal static class ServerInfoClient
{
    /// <summary>What it tells.</summary>
    /// <exception cref="LoadException">It does not answer, or is something else.</exception>
    public static async Task<ServerInfo> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"{url.AbsoluteUri.TrimEnd('/')}/") };
        try
        {
            return await http.GetFromJsonAsync("api/v1/info", ProtocolJsonContext.Default.ServerInfo, cancellationToken)
                ?? throw new LoadException($"The server at {url} does not tell what it is.");
        }
        catch (HttpRequestException exception)
        {
            throw new LoadException($"There is no server at {url}: {exception.Message.TrimEnd('.')}.", exception);
        }
        catch (JsonException exception)
        {
            throw new LoadException($"What answers at {url} is no RealtimeSessions server.", exception);
        }
    }
}
