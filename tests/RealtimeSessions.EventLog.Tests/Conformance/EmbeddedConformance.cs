using Xunit.Abstractions;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>The suite on embedded engines.</summary>
[CollectionDefinition(Name)]
public sealed class EmbeddedConformance : ICollectionFixture<EmbeddedFixture>
{
    public const string Name = "Embedded";
}

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedEventLogConformance(EmbeddedFixture fixture) : EventLogConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedGuardAndSealConformance(EmbeddedFixture fixture) : GuardAndSealConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedReadConformance(EmbeddedFixture fixture) : ReadConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedWriterConformance(EmbeddedFixture fixture) : WriterConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedSnapshotConformance(EmbeddedFixture fixture) : SnapshotConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedRetentionConformance(EmbeddedFixture fixture) : RetentionConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedReopenConformance(EmbeddedFixture fixture) : ReopenConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedConcurrencyConformance(EmbeddedFixture fixture) : ConcurrencyConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedTailConformance(EmbeddedFixture fixture) : TailConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedTailEndConformance(EmbeddedFixture fixture) : TailEndConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedTailDistortionConformance(EmbeddedFixture fixture) : TailDistortionConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedCatalogConformance(EmbeddedFixture fixture) : CatalogConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedCatalogQueryConformance(EmbeddedFixture fixture) : CatalogQueryConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedCatalogWalkConformance(EmbeddedFixture fixture) : CatalogWalkConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedCatalogChangeConformance(EmbeddedFixture fixture) : CatalogChangeConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedMessageBusConformance(EmbeddedFixture fixture) : MessageBusConformance(fixture);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedRandomSequenceConformance(EmbeddedFixture fixture, ITestOutputHelper output)
    : RandomSequenceConformance(fixture, output);

[Collection(EmbeddedConformance.Name)]
public sealed class EmbeddedHealthConformance(EmbeddedFixture fixture) : HealthConformance(fixture, "embedded");
