using System.Globalization;
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

    public static string Conversation(long conversationId) => Numbered("conversations", conversationId);

    public static string Comment(long commentId) => Numbered("comments", commentId);

    public static string Space(long spaceId) => Numbered("spaces", spaceId);

    public static string Group(long groupId) => Numbered("groups", groupId);

    public static string User(long userId) => Numbered("users", userId);

    public static string Session(string applicationId, string sessionId) => $"{Application(applicationId)}/sessions/{sessionId}";

    private static string Numbered(string resource, long id) => string.Create(CultureInfo.InvariantCulture, $"/{resource}/{id}");
}
