using System.Net;
using System.Net.Mime;

namespace RealtimeSessions.EndToEnd.Tests.Browser;

/// <summary>Serves files to a browser, on a port of its own.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private const int MaximumStarts = 5;
    private readonly HttpListener _listener;
    private readonly IReadOnlyDictionary<string, byte[]> _files;
    private readonly Task _serving;

    private PageServer(HttpListener listener, IReadOnlyDictionary<string, byte[]> files)
    {
        (_listener, _files) = (listener, files);
        _serving = ServeAsync();
    }

    public Uri Address => new(_listener.Prefixes.Single());

    /// <summary>Serves a folder and what is below it.</summary>
    public static PageServer Start(string folder) =>
        Start(Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => "/" + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllBytes));

    /// <summary>Serves files by their paths, and <c>/index.html</c> as <c>/</c>.</summary>
    public static PageServer Start(IReadOnlyDictionary<string, byte[]> files)
    {
        for (var start = 1; ; start++)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://localhost:{Random.Shared.Next(20_000, 30_000)}/");
            try
            {
                listener.Start();
                return new PageServer(listener, files);
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
                var path = context.Request.Url!.AbsolutePath is "/" ? "/index.html" : context.Request.Url.AbsolutePath;
                if (_files.TryGetValue(path, out var content))
                {
                    response.ContentType = TypeOf(path);
                    await response.OutputStream.WriteAsync(content);
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

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => MediaTypeNames.Text.Html,
        ".js" => MediaTypeNames.Text.JavaScript,
        ".css" => MediaTypeNames.Text.Css,
        _ => MediaTypeNames.Application.Octet,
    };
}
