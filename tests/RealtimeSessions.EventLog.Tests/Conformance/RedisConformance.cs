using Xunit.Abstractions;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>The suite on Redis engines, one server for all of it.</summary>
[CollectionDefinition(Name)]
public sealed class RedisConformance : ICollectionFixture<RedisFixture>
{
    public const string Name = "Redis";
}

[Collection(RedisConformance.Name)]
public sealed class RedisEventLogConformance(RedisFixture fixture) : EventLogConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisGuardAndSealConformance(RedisFixture fixture) : GuardAndSealConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisReadConformance(RedisFixture fixture) : ReadConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisWriterConformance(RedisFixture fixture) : WriterConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisSnapshotConformance(RedisFixture fixture) : SnapshotConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisRetentionConformance(RedisFixture fixture) : RetentionConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisReopenConformance(RedisFixture fixture) : ReopenConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisConcurrencyConformance(RedisFixture fixture) : ConcurrencyConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisTailConformance(RedisFixture fixture) : TailConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisTailEndConformance(RedisFixture fixture) : TailEndConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisTailDistortionConformance(RedisFixture fixture) : TailDistortionConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisCatalogConformance(RedisFixture fixture) : CatalogConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisCatalogQueryConformance(RedisFixture fixture) : CatalogQueryConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisCatalogWalkConformance(RedisFixture fixture) : CatalogWalkConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisCatalogChangeConformance(RedisFixture fixture) : CatalogChangeConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisMessageBusConformance(RedisFixture fixture) : MessageBusConformance(fixture);

[Collection(RedisConformance.Name)]
public sealed class RedisRandomSequenceConformance(RedisFixture fixture, ITestOutputHelper output)
    : RandomSequenceConformance(fixture, output);

[Collection(RedisConformance.Name)]
public sealed class RedisHealthConformance(RedisFixture fixture) : HealthConformance(fixture, "redis");
