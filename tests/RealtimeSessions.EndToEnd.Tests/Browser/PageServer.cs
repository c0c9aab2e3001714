using System.Net;
using System.Text;

namespace RealtimeSessions.EndToEnd.Tests.Browser;

/// <summary>Serves one page with the official client's browser build, on a port of its own.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private const int MaximumStarts = 5;
    private readonly HttpListener _listener;
    private readonly Dictionary<string, (string Type, byte[] Content)> _files;
    private readonly Task _serving;

    private PageServer(HttpListener listener, string page, string script)
    {
        _listener = listener;
        _files = new()
        {
            ["/"] = ("text/html; charset=utf-8", Encoding.UTF8.GetBytes(page)),
            ["/signalr.js"] = ("text/javascript; charset=utf-8", File.ReadAllBytes(script)),
            ["/favicon.ico"] = ("image/x-icon", []),
        };
        _serving = ServeAsync();
    }

    public Uri Address => new(_listener.Prefixes.Single());

    /// <param name="page">The page's HTML.</param>
    /// <param name="script">The file that the page gets as <c>/signalr.js</c>.</param>
    public static PageServer Start(string page, string script)
    {
        for (var start = 1; ; start++)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://localhost:{Random.Shared.Next(20_000, 30_000)}/");
            try
            {
                listener.Start();
                return new PageServer(listener, page, script);
            }
            catch (HttpListenerException) when (start < MaximumStarts)
            {
                // The port is taken.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var response = context.Response;
                if (_files.TryGetValue(context.Request.Url!.AbsolutePath, out var file))
                {
                    response.ContentType = file.Type;
                    await response.OutputStream.WriteAsync(file.Content);
                }
                else
                {
                    response.StatusCode = (int)HttpStatusCode.NotFound;
                }
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
