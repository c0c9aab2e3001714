namespace RealtimeSessions.EventLog.Redis;

/// <summary>Where the Redis engine keeps its data.</summary>
public sealed class RedisOptions
{
    /// <summary>
    /// Servers and options in the form of StackExchange.Redis, for example <c>redis-1:6379,redis-2:6379,password=…,ssl=true</c>. Required.
    /// Under Sentinel the data nodes are listed. An answer is waited for as long as <c>syncTimeout</c> says, at least 5 s. May hold a
    /// password: it is never logged.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>What every key and channel name begins with: 1 to 40 characters of <c>[A-Za-z0-9_.:-]</c>. Default <c>rs</c>.</summary>
    public string KeyPrefix { get; set; } = "rs";
}
