using System.Collections.Frozen;
using System.Reflection;

namespace RealtimeSessions.Protocol;

/// <summary>
/// A code that a client can act on. All codes stand here. Numbers are grouped: 1xx who the caller is, 2xx what he asked about,
/// 3xx what he sent, 4xx what may pass by itself, 5xx the server's own failure.
/// </summary>
/// <param name="Name">The code as it is sent, for example <c>session_not_found</c>.</param>
/// <param name="Number">A number that never changes.</param>
/// <param name="HttpStatus">The status it has over REST.</param>
/// <param name="IsRetryable">True if the same call can succeed later without any change by the caller.</param>
public sealed record ErrorCode(string Name, int Number, int HttpStatus, bool IsRetryable)
{
    /// <summary>No token, or one that is not valid (any more).</summary>
    public static readonly ErrorCode Unauthenticated = new("unauthenticated", 100, 401, false);

    /// <summary>The caller can see the object and has no right to do this with it.</summary>
    public static readonly ErrorCode Forbidden = new("forbidden", 101, 403, false);

    /// <summary>There is no such application for the caller.</summary>
    public static readonly ErrorCode ApplicationNotFound = new("application_not_found", 200, 404, false);

    /// <summary>There is no such session for the caller.</summary>
    public static readonly ErrorCode SessionNotFound = new("session_not_found", 201, 404, false);

    /// <summary>The session is closed and takes no more changes.</summary>
    public static readonly ErrorCode SessionClosed = new("session_closed", 202, 409, false);

    /// <summary>
    /// The id is taken, the present state does not allow it, or (with details: <c>position</c>) something has changed since <c>ifSequence</c>.
    /// </summary>
    public static readonly ErrorCode Conflict = new("conflict", 203, 409, false);

    /// <summary>The session data is not what <c>If-Match</c> says. Details: <c>position</c>.</summary>
    public static readonly ErrorCode PreconditionFailed = new("precondition_failed", 204, 412, false);

    /// <summary>The writer's number is too high: an earlier one is missing. Details: <c>expected</c>.</summary>
    public static readonly ErrorCode WriterGap = new("writer_gap", 205, 409, false);

    /// <summary>Retention has removed what was asked for. Details: <c>firstAvailable</c>.</summary>
    public static readonly ErrorCode NotRetained = new("not_retained", 206, 410, false);

    /// <summary>There is no such role in the application.</summary>
    public static readonly ErrorCode RoleNotFound = new("role_not_found", 207, 404, false);

    /// <summary>Nothing is at this address.</summary>
    public static readonly ErrorCode NotFound = new("not_found", 208, 404, false);

    /// <summary>The address does not take this method.</summary>
    public static readonly ErrorCode MethodNotAllowed = new("method_not_allowed", 209, 405, false);

    /// <summary>The connection is not in the session, or (for a change of its presence) joined it without.</summary>
    public static readonly ErrorCode NotJoined = new("not_joined", 210, 409, false);

    /// <summary>There is no such conversation for the caller.</summary>
    public static readonly ErrorCode ConversationNotFound = new("conversation_not_found", 220, 404, false);

    /// <summary>There is no such comment for the caller.</summary>
    public static readonly ErrorCode CommentNotFound = new("comment_not_found", 221, 404, false);

    /// <summary>There is no such space for the caller.</summary>
    public static readonly ErrorCode SpaceNotFound = new("space_not_found", 222, 404, false);

    /// <summary>There is no such group for the caller.</summary>
    public static readonly ErrorCode GroupNotFound = new("group_not_found", 223, 404, false);

    /// <summary>There is no such user for the caller.</summary>
    public static readonly ErrorCode UserNotFound = new("user_not_found", 224, 404, false);

    /// <summary>Somebody is mentioned who does not take part in the conversation.</summary>
    public static readonly ErrorCode MentionNotFound = new("mention_not_found", 225, 404, false);

    /// <summary>The request can be read, and what it asks for cannot be. Details: <c>path</c>.</summary>
    public static readonly ErrorCode RuleBroken = new("rule_broken", 226, 422, false);

    /// <summary>A member of the request is missing, unknown, or has a wrong shape or value. Details: <c>path</c>.</summary>
    public static readonly ErrorCode InvalidArgument = new("invalid_argument", 300, 400, false);

    /// <summary>The body of a request, or the data of a signal, is larger than the limit. Details: <c>limit</c> in bytes.</summary>
    public static readonly ErrorCode PayloadTooLarge = new("payload_too_large", 301, 413, false);

    /// <summary>The session data, or a connection's state in presence, would become larger than the limit. Details: <c>limit</c> in bytes.</summary>
    public static readonly ErrorCode DataTooLarge = new("data_too_large", 302, 413, false);

    /// <summary>More of something than there may be. Details: <c>limit</c>.</summary>
    public static readonly ErrorCode LimitExceeded = new("limit_exceeded", 303, 422, false);

    /// <summary>The body is of another content type than the address takes.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new("unsupported_media_type", 304, 415, false);

    /// <summary>The connection has called too often for too long, or has sent too many signals. Details: <c>retryAfter</c> in seconds.</summary>
    public static readonly ErrorCode RateLimited = new("rate_limited", 400, 429, true);

    /// <summary>The storage cannot be reached. For a change, it is not known whether it was made: retry it under the same writer number.</summary>
    public static readonly ErrorCode Unavailable = new("unavailable", 401, 503, true);

    /// <summary>A failure of the server, with no more to say than that it was logged.</summary>
    public static readonly ErrorCode Internal = new("internal", 500, 500, true);

    private static readonly FrozenDictionary<string, ErrorCode> All = typeof(ErrorCode)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ErrorCode)field.GetValue(null)!).ToFrozenDictionary(code => code.Name);

    /// <summary>The code of a name; null if there is none.</summary>
    public static ErrorCode? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
