using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Delivery;

/// <summary>Who was away gets what he missed, his own events included, or the state where that is not to be had.</summary>
public abstract class ResumeTests(Deployment deployment) : HubTest(deployment)
{
    public enum Position
    {
        Known,
        KnownWithEvent,
        BeforeTheFirst,
        Head,
        OfAnotherEpoch,
        BeyondTheHead,
        WithAnotherEvent,
    }

    [Fact]
    public async Task JoinSession_AfterALostConnection_GetsWhatWasMissedOwnEventsIncluded()
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second);
        var session = await alice.CreateSessionAsync(null, "bob");
        var joined = await bob.JoinAsync(session);
        await bob.NextAsync("SessionReset");
        await bob.SendEventAsync(session, "own");
        bob.Cut();
        await alice.SendEventAsync(session, "other");

        bob = await ConnectAsync("bob");
        var since = new { epoch = joined.Epoch(), sequence = joined.Sequence() };
        var resumed = await bob.JoinAsync(session, since);
        var last = await alice.SendEventAsync(session, "live");

        Assert.True(resumed.GetProperty("recovered").GetBoolean());
        Assert.Equal(joined.GetProperty("position").GetRawText(), resumed.GetProperty("position").GetRawText());
        var received = await bob.TakeAsync(3);
        Assert.Equal(Range(joined.Sequence() + 1, last.Sequence()), received.Sequences());
        Assert.Equal(["own", "other", "live"], received.Select(callback => callback.Argument.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData(Position.Known, true)]
    [InlineData(Position.KnownWithEvent, true)]
    [InlineData(Position.BeforeTheFirst, true)]
    [InlineData(Position.Head, true)]
    [InlineData(Position.OfAnotherEpoch, false)]
    [InlineData(Position.BeyondTheHead, false)]
    [InlineData(Position.WithAnotherEvent, false)]
    public async Task JoinSession_SinceAPosition_ContinuesOrResets(Position position, bool recovers)
    {
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync();
        var known = await alice.SendEventAsync(session, "known");
        var head = await alice.SendEventAsync(session, "head");
        var (epoch, sequence) = (known.Epoch(), known.Sequence());
        object since = position switch
        {
            Position.Known => new { epoch, sequence },
            Position.KnownWithEvent => new { epoch, sequence, eventId = known.GetProperty("eventId").GetGuid() },
            Position.BeforeTheFirst => new { epoch, sequence = 0 },
            Position.Head => new { epoch, sequence = head.Sequence(), eventId = head.GetProperty("eventId").GetGuid() },
            Position.OfAnotherEpoch => new { epoch = "another", sequence },
            Position.BeyondTheHead => new { epoch, sequence = head.Sequence() + 1 },
            _ => new { epoch, sequence, eventId = head.GetProperty("eventId").GetGuid() },
        };

        var reader = await ConnectAsync("alice", Second);
        var joined = await reader.JoinAsync(session, since);
        var last = await alice.SendEventAsync(session, "live");
        var received = await reader.TakeThroughAsync(last.Sequence());

        Assert.Equal(recovers, joined.GetProperty("recovered").GetBoolean());
        if (recovers)
        {
            var from = position switch { Position.BeforeTheFirst => 0, Position.Head => head.Sequence(), _ => sequence };
            Assert.Equal(Range(from + 1, last.Sequence()), received.Sequences());
            Assert.All(received, callback => Assert.NotEqual("SessionReset", callback.Name));
        }
        else
        {
            Assert.Equal("SessionReset", received[0].Name);
            Assert.Equal([head.Sequence(), last.Sequence()], received.Sequences());
        }
    }

    [Fact]
    public async Task JoinSession_AgainAndAgainUnderLoad_ContinuesWithoutGapOrDouble()
    {
        const int resumes = 20, perResume = 50;
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync(null, "bob");
        var joined = await alice.JoinAsync(session);
        var (epoch, start) = (joined.Epoch(), joined.Sequence());
        var random = new Random(4);
        var seen = new List<HubCallback>();
        for (var i = 0; i < resumes; i++)
        {
            var writing = Enumerable.Range(0, perResume).Select(_ => alice.SendEventAsync(session, "step")).ToArray();
            var bob = await ConnectAsync("bob", i % 2 == 0 ? First : Second);
            var resumed = await bob.JoinAsync(session, new { epoch, sequence = start + seen.Count });
            Assert.True(resumed.GetProperty("recovered").GetBoolean());
            seen.AddRange(await bob.TakeAsync(random.Next(perResume)));
            bob.Cut();
            await Task.WhenAll(writing);
        }

        var last = await ConnectAsync("bob", Second);
        await last.JoinAsync(session, new { epoch, sequence = start + seen.Count });
        seen.AddRange(await last.TakeAsync((resumes * perResume) - seen.Count));

        Assert.Equal(Range(start + 1, start + (resumes * perResume)), seen.Sequences());
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : ResumeTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : ResumeTests(deployment);
}
