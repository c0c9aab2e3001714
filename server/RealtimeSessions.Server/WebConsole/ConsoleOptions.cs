namespace RealtimeSessions.Server.WebConsole;

/// <summary>The web console, and how one signs in to it. Section <c>Console</c>. None of it is secret: every browser is told.</summary>
internal sealed class ConsoleOptions
{
    /// <summary>Whether it is served, at <c>/console/</c>, to which <c>/</c> leads. Default: in Development only.</summary>
    public bool Enabled { get; set; }

    /// <summary>The OpenID Connect issuer to sign in at. Default: the one whose tokens the server accepts. Empty: none.</summary>
    public string Authority { get; set; } = "";

    /// <summary>
    /// Where else the issuer has endpoints that a browser calls, such as that for tokens: origins like <c>https://tokens.example.com</c>. To others than these and
    /// the issuer's own a browser does not let the console connect. Default: none.
    /// </summary>
    public string[] IssuerOrigins { get; set; } = [];

    /// <summary>What the console is called at the issuer: a public client with PKCE that may return to <c>/console/</c>. Default: none, and no sign-in there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>What the issuer is asked for, <c>openid</c> among it. Default <c>openid profile email</c>.</summary>
    public string Scope { get; set; } = "openid profile email";
}
