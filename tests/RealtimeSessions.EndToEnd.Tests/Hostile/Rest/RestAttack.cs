using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>Sends hostile requests over a connection that is made anew whenever one has ended it, and judges the answers.</summary>
internal sealed class RestAttack(Uri server, string token) : IDisposable
{
    private HttpWire? _wire;

    /// <summary>The bytes of a request.</summary>
    public byte[] BytesOf(RestRequest request) => request.ToBytes(server.Authority, $"Bearer {token}");

    /// <summary>Plays a case.</summary>
    /// <returns>What became of it.</returns>
    /// <exception cref="HostileException">What must not.</exception>
    public async Task<string> PlayAsync(RestRequest request)
    {
        var wire = _wire ?? await HttpWire.ConnectAsync(server);
        _wire = null;
        var answer = await wire.AskAsync(BytesOf(request), request.Method == "HEAD", mayLackAnEnd: !request.IsHttp);
        if (request.IsHttp && answer is not null && !answer.Header("connection").Contains("close", StringComparison.Ordinal))
        {
            _wire = wire;
        }
        else
        {
            wire.Dispose();
        }

        return RestVerdict.Of(request, answer);
    }

    public void Dispose() => _wire?.Dispose();
}
