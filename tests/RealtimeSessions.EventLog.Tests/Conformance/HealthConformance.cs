namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>What an engine says of itself.</summary>
public abstract class HealthConformance(IEngineFixture fixture, string kind) : EngineConformance(fixture)
{
    [Fact]
    public async Task Problem_WhileAllIsWell_IsNull()
    {
        Assert.Null(Storage.Engine.Problem);

        await Catalog.PutAsync("sessions", new CatalogDocument("a", Array.Empty<byte>()), 0);

        Assert.Null(Storage.Engine.Problem);
        Assert.Null((await OtherServerAsync()).Problem);
    }

    [Fact]
    public void Kind_OfTheEngine_IsItsName() => Assert.Equal(kind, Storage.Engine.Kind);
}
