namespace RealtimeSessions.Server.Proxy;

/// <summary>What stands in front of the server. Section <c>Proxy</c>.</summary>
internal sealed class ProxyOptions
{
    /// <summary>The path that every address begins with, for example <c>/realtime</c>; the proxy passes it on. Default: none.</summary>
    public string BasePath { get; set; } = "";

    /// <summary>
    /// The proxies, besides this machine, whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed: addresses, or networks such as
    /// <c>10.0.0.0/8</c>. Default: none.
    /// </summary>
    public string[] Trusted { get; set; } = [];
}
