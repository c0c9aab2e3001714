using Microsoft.AspNetCore.WebUtilities;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>The header <c>Link</c> (RFC 8288) of a page: the same list, continued.</summary>
internal static class NextPage
{
    private const string After = "after";
    private const string Page = "page";

    /// <param name="request">The request for the page.</param>
    /// <param name="path">Where the list is, below <see cref="ApiSetup.Path"/>.</param>
    /// <param name="next">Where the next page begins.</param>
    public static string LinkOf(HttpRequest request, string path, CatalogCursor next)
    {
        var query = new QueryString();
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            var name = pair.DecodeName().ToString();
            query = name is After or Page ? query : query.Add(name, pair.DecodeValue().ToString());
        }

        return $"<{Addresses.Of(request, path)}{query.Add(After, CursorConverter.Write(next)).ToUriComponent()}>; rel=\"next\"";
    }
}
