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

    /// <summary>The id is taken.</summary>
    public static readonly ErrorCode Conflict = new("conflict", 203, 409, false);

    /// <summary>The writer's number is too high: an earlier one is missing. Details: <c>expected</c>.</summary>
    public static readonly ErrorCode WriterGap = new("writer_gap", 205, 409, false);

    /// <summary>A member of the request is missing, unknown, or has a wrong shape or value. Details: <c>path</c>.</summary>
    public static readonly ErrorCode InvalidArgument = new("invalid_argument", 300, 400, false);

    /// <summary>The session data would become larger than the limit. Details: <c>limit</c> in bytes.</summary>
    public static readonly ErrorCode DataTooLarge = new("data_too_large", 302, 413, false);

    /// <summary>More of something than a connection may have. Details: <c>limit</c>.</summary>
    public static readonly ErrorCode LimitExceeded = new("limit_exceeded", 303, 422, false);

    /// <summary>The storage cannot be reached. For a change, it is not known whether it was made: retry it under the same writer number.</summary>
    public static readonly ErrorCode Unavailable = new("unavailable", 401, 503, true);

    /// <summary>A failure of the server, with no more to say than that it was logged.</summary>
    public static readonly ErrorCode Internal = new("internal", 500, 500, true);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
