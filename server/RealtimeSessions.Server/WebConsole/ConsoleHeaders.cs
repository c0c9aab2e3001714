using Microsoft.Extensions.Options;

namespace RealtimeSessions.Server.WebConsole;

/// <summary>
/// What browsers are told to keep the console to: its own scripts and styles, this server and the issuer, and nobody's frame. Whatever else it
/// might be made to load, by a text that somebody has put into a session, does not come.
/// </summary>
internal sealed class ConsoleHeaders(RequestDelegate next, IOptions<ConsoleOptions> options)
{
    private readonly string _issuer = options.Value is { ClientId.Length: > 0 } client
        ? string.Concat(client.IssuerOrigins.Prepend(client.Authority).Select(address => $" {new Uri(address).GetLeftPart(UriPartial.Authority)}"))
        : "";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + $"connect-src 'self'{SocketOf(context.Request)}{_issuer}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }

    /// <summary>The hub's origin: not every browser counts it as 'self'. A host that could say more to a policy than an origin is refused before this.</summary>
    private static string SocketOf(HttpRequest request) => request.Host.HasValue ? $" {(request.IsHttps ? "wss" : "ws")}://{request.Host}" : "";
}
