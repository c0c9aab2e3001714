using Microsoft.Playwright;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Browser;

/// <summary>A page in a browser of its own, as good as: its way to the server leads through a gate, and what goes wrong on it is noted.</summary>
internal sealed class GatedPage : IAsyncDisposable
{
    private readonly TcpGate _gate;
    private readonly List<string> _problems = [];
    private readonly List<Uri> _addresses = [];

    private GatedPage(IPage page, TcpGate gate)
    {
        (Page, _gate, Server) = (page, gate, gate.Address);
        page.Console += (_, message) => Note(message.Type is "error" or "warning" ? message.Text : null);
        page.PageError += (_, error) => Note(error);
        page.Dialog += (_, dialog) => Note($"A dialog: {dialog.Message}");
        page.Request += (_, request) => _addresses.Add(new Uri(request.Url));
        page.WebSocket += (_, socket) => _addresses.Add(new Uri(socket.Url));
    }

    public IPage Page { get; }

    /// <summary>Where the server is for this page.</summary>
    public Uri Server { get; }

    /// <summary>What has gone wrong, apart from what must where the connection is cut.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Whether there is no way to the server just now.</summary>
    public bool IsCut { get; private set; }

    public static async Task<GatedPage> OpenAsync(Chromium browser, ServerProcess server, BrowserNewContextOptions? options = null) =>
        new(await browser.OpenPageAsync(options), new TcpGate(server.Address.Port));

    /// <summary>Cuts the connection; no other can be made until <see cref="Release"/>.</summary>
    public void Cut()
    {
        IsCut = true;
        _ = _gate.HoldRequests();
        _gate.Cut();
    }

    /// <summary>Lets connections through. What goes wrong on the page is expected until <see cref="Recovered"/>.</summary>
    public void Release() => _gate.Release();

    /// <summary>The page has its connection again.</summary>
    public void Recovered() => IsCut = false;

    /// <summary>Fails if something has gone wrong, or any host but the server and those named was asked for anything.</summary>
    public void AssertClean(params Uri[] others)
    {
        Assert.Empty(_problems);
        string[] known = [Server.Authority, .. others.Select(other => other.Authority)];
        Assert.All(_addresses, address => Assert.True(address.Scheme == "data" || known.Contains(address.Authority), address.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await _gate.DisposeAsync();
    }

    private void Note(string? problem)
    {
        if (problem is not null && !IsCut)
        {
            _problems.Add(problem);
        }
    }
}
