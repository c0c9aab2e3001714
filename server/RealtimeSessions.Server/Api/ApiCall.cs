using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Api;

/// <summary>One call of an operation.</summary>
/// <param name="context">The request.</param>
/// <param name="caller">Who calls; null: the operation does not ask.</param>
internal sealed class ApiCall(HttpContext context, Caller? caller)
{
    public Caller Caller => caller ?? throw new InvalidOperationException("An anonymous operation has no caller.");

    public IHeaderDictionary Headers => context.Request.Headers;

    /// <summary>Where the next page of the list begins that is the answer; null: there is none.</summary>
    public CatalogCursor? Next { get; set; }

    /// <summary>A path below <see cref="ApiSetup.Path"/> as the client has to use it.</summary>
    public string AddressOf(string path) => Addresses.Of(context.Request, path);
}
