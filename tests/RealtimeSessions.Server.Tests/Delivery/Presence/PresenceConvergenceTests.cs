namespace RealtimeSessions.Server.Tests.Delivery.Presence;

/// <summary>Whatever happens to servers and messages: when messages arrive again, everybody's list is right.</summary>
public sealed class PresenceConvergenceTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void Rosters_AfterAnyFaults_ComeToHoldTheSamePeople(int seed)
    {
        var simulation = new PresenceSimulation(seed);
        simulation.Start(servers: 2 + (seed % 4));
        for (var i = 0; i < 300; i++)
        {
            simulation.Step();
        }

        simulation.ConnectAll();
        for (var i = 0; i < 100; i++)
        {
            simulation.Step();
        }

        Assert.InRange(simulation.Lost, 15, int.MaxValue);
        simulation.Settle();
        simulation.AssertAgreed();
    }
}
