using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Delivery;

/// <summary>A member that does not read harms nobody, and misses nothing.</summary>
public abstract class SlowMemberTests(Deployment deployment, TimeSpan silence) : HubTest(deployment)
{
    private const int Events = 6_000;
    private const int InFlight = 64;
    private const int ReceiveBuffer = 16 * 1024;

    [Fact]
    public async Task Delivery_WhileOneMemberReadsNothing_GoesOnForTheOthersAndLaterForIt()
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second, ReceiveBuffer);
        var carol = await ConnectAsync("carol", Second);
        var session = await alice.CreateSessionAsync(null, "bob", "carol");
        var start = (await alice.JoinAsync(session)).Sequence();
        foreach (var member in (HubClient[])[bob, carol])
        {
            await member.JoinAsync(session);
            await member.NextAsync("SessionReset");
        }

        bob.PauseReading();
        var text = new string('x', 2_000);
        var writing = new Queue<Task>();
        for (var i = 0; i < Events; i++)
        {
            writing.Enqueue(alice.SendEventAsync(session, "step", new { i, text }));
            if (writing.Count > InFlight)
            {
                await writing.Dequeue();
            }
        }

        await Task.WhenAll(writing);
        Assert.Equal(Range(start + 1, start + Events), (await carol.TakeAsync(Events)).Sequences());

        await Task.Delay(silence);
        bob.ResumeReading();
        Assert.Equal(Range(start + 1, start + Events), (await bob.TakeAsync(Events)).Sequences());
    }

    /// <summary>Silent for longer than SignalR, left to itself, bears with a write that does not complete (10 s).</summary>
    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : SlowMemberTests(deployment, silence: TimeSpan.FromSeconds(13));

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : SlowMemberTests(deployment, silence: TimeSpan.Zero);
}
