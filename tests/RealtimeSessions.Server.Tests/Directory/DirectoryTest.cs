using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Delivery;
using RealtimeSessions.Server.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Directory;

/// <summary>Two servers on one storage that follow the same directory.</summary>
public abstract class DirectoryTest(bool onRedis) : DeliveryTest
{
    internal ServerParts Other { get; private set; } = null!;

    internal UserDirectory Users => Parts.Directory.Users;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Other = await Parts.StartOtherAsync();
        await Parts.Directory.StartAsync();
        await Other.Directory.StartAsync();
    }

    internal override async Task<RedisServer?> StartRedisAsync() => onRedis ? await RedisServer.StartAsync() : null;

    internal static Caller Token(string subject, string? name = null, string? email = null) =>
        new(subject, [Caller.Everyone]) { Name = name, Email = email };
}
