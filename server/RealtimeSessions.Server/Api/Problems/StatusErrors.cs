using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Problems;

/// <summary>The errors of answers that were nothing but a status: what the framework says, in our words.</summary>
internal static class StatusErrors
{
    public static Error NotFound { get; } = new(ErrorCode.NotFound, "Nothing is at this address.");

    public static Error Internal { get; } = new(ErrorCode.Internal, "The server failed; it has logged why.");

    public static Error Unavailable { get; } = new(ErrorCode.Unavailable, "The storage cannot be reached.");

    /// <summary>The error that a status stands for.</summary>
    public static Error Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new Error(ErrorCode.Unauthenticated, "A valid bearer token is needed."),
        StatusCodes.Status403Forbidden => new Error(ErrorCode.Forbidden, "The caller may not do this."),
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => new Error(ErrorCode.MethodNotAllowed, "The address does not take this method; Allow says which it takes."),
        StatusCodes.Status413PayloadTooLarge => new Error(ErrorCode.PayloadTooLarge, "The body is too large."),
        StatusCodes.Status415UnsupportedMediaType => new Error(ErrorCode.UnsupportedMediaType, "The body is of another content type than the address takes."),
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= 500 => Internal,
        _ => Error.InvalidArgument("$", "the request cannot be read."),
    };
}
