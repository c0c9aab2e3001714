using Microsoft.AspNetCore.Http.Extensions;

namespace RealtimeSessions.Server.Api;

/// <summary>Addresses as the client has to use them, in front of whatever proxy.</summary>
internal static class Addresses
{
    /// <param name="request">The request, with the proxy's headers applied.</param>
    /// <param name="path">A path below <see cref="ApiSetup.Path"/>, escaped.</param>
    public static string Of(HttpRequest request, string path) => request.Host.HasValue
        ? $"{UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, ApiSetup.Path)}{path}"
        : $"{request.PathBase.ToUriComponent()}{ApiSetup.Path}{path}";

    public static string Application(string applicationId) => $"/applications/{applicationId}";

    public static string Role(string applicationId, string name) => $"{Application(applicationId)}/roles/{Uri.EscapeDataString(name)}";

    public static string Session(string applicationId, string sessionId) => $"{Application(applicationId)}/sessions/{sessionId}";
}
