using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>What an error of Redis or of its client means.</summary>
internal static class RedisErrors
{
    private const string FailedScript = "ERR Error running script";

    /// <summary>Codes of a server that has done nothing of what it was asked for, and may do it in a moment, or name another one.</summary>
    private static readonly string[] Refusals =
        ["MOVED", "ASK", "READONLY", "CLUSTERDOWN", "LOADING", "TRYAGAIN", "MASTERDOWN", "BUSY", "NOREPLICAS"];

    /// <summary>Whether the server does not know the script (any more).</summary>
    public static bool IsUnknownScript(RedisServerException e) => HasCode(e.Message, "NOSCRIPT");

    /// <summary>
    /// Whether the server has certainly done nothing, and a retry may help. A script that is refused is refused at its first write, since
    /// each of them has its keys in one slot and names them all.
    /// </summary>
    public static bool IsRefusal(RedisServerException e) => Array.Exists(Refusals, code => HasCode(e.Message, code));

    /// <summary>Whether an exception means that the server, or the way to it, failed. The outcome is unknown.</summary>
    public static bool IsOutage(Exception e) => e is RedisException or TimeoutException or ObjectDisposedException or TaskCanceledException;

    /// <summary>The exception the contracts promise. Its message names no host.</summary>
    public static EngineUnavailableException Unavailable(Exception e) => e switch
    {
        RedisServerException => new EngineUnavailableException("Redis refused a command.", e),
        TimeoutException => new EngineUnavailableException("Redis did not answer in time.", e),
        _ => new EngineUnavailableException("Redis could not be reached.", e),
    };

    private static bool HasCode(string message, string code) =>
        message.StartsWith(code + " ", StringComparison.Ordinal)
        // Before Redis 7 the error of a command within a script stands behind that of the script.
        || (message.StartsWith(FailedScript, StringComparison.Ordinal) && message.Contains($"-{code} ", StringComparison.Ordinal));
}
