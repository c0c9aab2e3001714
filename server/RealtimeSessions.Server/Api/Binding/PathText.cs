using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace RealtimeSessions.Server.Api.Binding;

/// <summary>
/// Reads a text that stands in a path. The server undoes every escape but that of the slash, so what reads <c>%2F</c> was either a slash or those
/// three characters; the target as it was sent tells which.
/// </summary>
internal static class PathText
{
    private const string Slash = "%2F";

    /// <param name="request">The request.</param>
    /// <param name="name">The parameter's name in the path.</param>
    public static string Of(HttpRequest request, string name)
    {
        var text = (string)request.RouteValues[name]!;
        return !text.Contains(Slash, StringComparison.OrdinalIgnoreCase) ? text
            : FindSent(request, name) is { } sent && UndoAllButSlash(sent) == text ? Uri.UnescapeDataString(sent)
            : text.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The parameter as it was sent; counted from the end, since a proxy may have put something in front.</summary>
    private static string? FindSent(HttpRequest request, string name)
    {
        var pattern = (request.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.PathSegments;
        var sent = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].TrimEnd('/').Split('/');
        for (var fromEnd = 1; fromEnd <= Math.Min(pattern?.Count ?? 0, sent?.Length ?? 0); fromEnd++)
        {
            if (pattern![^fromEnd].Parts is [RoutePatternParameterPart part] && part.Name == name)
            {
                return sent![^fromEnd];
            }
        }

        return null;
    }

    private static string UndoAllButSlash(string sent) => Uri.UnescapeDataString(
        sent.Replace(Slash, "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal));
}
