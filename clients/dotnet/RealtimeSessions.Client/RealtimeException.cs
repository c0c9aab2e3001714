using System.Text.Json.Nodes;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client;

/// <summary>An error with a code: the server's (<see cref="ErrorCode"/>) or the client's own (<see cref="ClientErrors"/>).</summary>
/// <param name="error">The error.</param>
/// <param name="inner">What it comes from, or null.</param>
public sealed class RealtimeException(Error error, Exception? inner = null) : Exception(error.ToString(), inner)
{
    /// <summary>The error.</summary>
    public Error Error => error;

    /// <summary>What can be acted on.</summary>
    public ErrorCode Code => error.Code;

    /// <summary>Whether the same call can succeed later without any change by the caller.</summary>
    public bool IsRetryable => error.Code.IsRetryable;

    /// <summary>Members that go with the code, or null.</summary>
    public JsonObject? Details => error.Details;
}
