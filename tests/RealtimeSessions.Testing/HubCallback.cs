using System.Text.Json;
using System.Text.RegularExpressions;

namespace RealtimeSessions.Testing;

/// <summary>What the server has called on a client.</summary>
/// <param name="Name">The callback, for example <c>SessionReset</c>.</param>
/// <param name="Argument">Its one argument.</param>
public sealed record HubCallback(string Name, JsonElement Argument);

/// <summary>The connection ended before the answer came: what became of the call is not known.</summary>
public sealed class ConnectionLostException() : Exception("The connection has ended.");

/// <summary>A hub call was answered with an error.</summary>
/// <param name="code">The error's code; empty where the message has none.</param>
/// <param name="details">The error's details; undefined where it has none.</param>
/// <param name="message">The whole message.</param>
public sealed partial class HubCallException(string code, JsonElement details, string message) : Exception(message)
{
    public string Code => code;

    public JsonElement Details => details;

    /// <summary>Reads a message of the form <c>… HubException: code: text {details}</c>.</summary>
    public static HubCallException Read(string message)
    {
        var match = Form().Match(message);
        var details = match.Groups["details"] is { Success: true } found ? JsonSerializer.Deserialize<JsonElement>(found.Value) : default;
        return new HubCallException(match.Groups["code"].Value, details, message);
    }

    [GeneratedRegex(@"HubException: (?<code>[a-z_]+): .*?( (?<details>\{.*\}))?$", RegexOptions.Singleline)]
    private static partial Regex Form();
}

/// <summary>The server did not take a connection.</summary>
/// <param name="status">The HTTP status of its answer; 0 where there was none.</param>
/// <param name="cause">What the socket said.</param>
public sealed class HubRefusedException(int status, Exception cause) : Exception($"The hub refused the connection: {status}.", cause)
{
    public int Status => status;
}
