using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>What presence and signals of every session on this server work with.</summary>
internal sealed class PresenceServices(IMessageBus bus, IOptions<LimitsOptions> limits, TimeProvider time, ILogger<PresenceServices> logger)
{
    private const int VersionBits = 32;

    private readonly long _start = time.GetTimestamp();
    private long _sessions;

    /// <summary>This server's id among those of the storage: random, another one after each start.</summary>
    public string ServerId { get; } = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", Peers.PeerLink.IdLength);

    public IMessageBus Bus => bus;

    public LimitsOptions Limits => limits.Value;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    /// <summary>Time since this server began.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>A number above all that this server has used so far: where a session counts on, that nobody was in for a while.</summary>
    public long NextFirstVersion() => Interlocked.Increment(ref _sessions) << VersionBits;
}
