using RealtimeSessions.EventLog.Embedded;

namespace RealtimeSessions.Server.Storage;

/// <summary>Where sessions are kept. Section <c>Storage</c>; the Redis engine is used when <c>ConnectionStrings:Redis</c> is set.</summary>
internal sealed class StorageOptions
{
    /// <summary>The embedded engine's folder. Default <c>data</c>, in the folder the server is started in.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>What the embedded engine survives. Default: a crash of the process; <c>Full</c>: a power cut too.</summary>
    public EmbeddedDurability Durability { get; set; } = EmbeddedDurability.Process;

    /// <summary>What every key in Redis begins with. Default <c>rs</c>.</summary>
    public string RedisKeyPrefix { get; set; } = "rs";
}
