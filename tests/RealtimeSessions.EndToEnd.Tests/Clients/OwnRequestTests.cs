using System.Threading.Channels;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>What a client's own requests make in a session that it has joined. Only their answers tell the connection of it.</summary>
public abstract class OwnRequestTests(Deployment deployment) : ClientTest(deployment)
{
    /// <summary>Less than the 10 seconds after which a client closes any gap.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(9);

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Requests_OneAfterTheOther_AreHeardAtOnceInOrderAndOnce(RealtimeProtocol protocol)
    {
        var (client, alice, heard) = await JoinAsync(protocol);
        var carol = new SessionParticipantRequest { ApplicationId = "demo", SessionId = alice.SessionId, Participant = new("carol") };

        await client.PatchSessionAsync(Patch(alice, new() { Name = "Plans", Properties = new Dictionary<string, string> { ["room"] = "blue" } }));
        Assert.IsType<SessionUpdated>(await NextAsync(heard, 2));
        Assert.IsType<SessionPropertiesUpdated>(await NextAsync(heard, 3));
        Assert.Equal(("Plans", "blue"), (alice.Info.Name, alice.Info.Properties["room"]));

        await client.AddSessionParticipantAsync(carol with { Participant = new("carol") { Role = "Viewer" } });
        Assert.IsType<SessionParticipantAdded>(await NextAsync(heard, 4));
        Assert.Equal("Viewer", alice.Info.Participants.Single(one => one.Id == "carol").Role);

        await client.RemoveSessionParticipantAsync(carol);
        Assert.IsType<SessionParticipantRemoved>(await NextAsync(heard, 5));
        Assert.DoesNotContain(alice.Info.Participants, one => one.Id == "carol");

        Assert.Equal(6, (await alice.PatchAsync(Tree("""{"a":1}""")).WaitAsync(AtOnce)).Position.Sequence);
        Assert.IsType<SessionDataUpdated>(await NextAsync(heard, 6));
        Assert.Equal("""{"a":1}""", alice.ConfirmedData.ToString());

        await client.CloseSessionAsync(new() { ApplicationId = "demo", SessionId = alice.SessionId });
        Assert.IsType<SessionClosed>(await NextAsync(heard, 7));
        Assert.Equal(SessionStatus.Closed, alice.Info.Status);
        await UntilAsync(alice, SyncStatus.Synchronized).WaitAsync(AtOnce);
        Assert.False(heard.TryRead(out _));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Requests_AllAtOnceAmongPatches_AreHeardInOrderAndOnce(RealtimeProtocol protocol)
    {
        var (client, alice, heard) = await JoinAsync(protocol);

        var calls = Enumerable.Range(0, 30).SelectMany(i => new[]
        {
            alice.PatchAsync(Tree($$"""{"k{{i}}":{{i}}}""")),
            client.PatchSessionAsync(Patch(alice, new() { Name = $"Plans {i}" })),
        });
        var acks = await Task.WhenAll(calls.ToArray()).WaitAsync(Patience);
        for (var sequence = 2; sequence <= 61; sequence++)
        {
            await NextAsync(heard, sequence);
        }

        await UntilAsync(alice, SyncStatus.Synchronized).WaitAsync(AtOnce);
        Assert.Equal(Enumerable.Range(2, 60).Select(sequence => (long)sequence), acks.Select(ack => ack.Position.Sequence).Order());
        Assert.Equal((await client.GetSessionAsync("demo", alice.SessionId)).Name, alice.Info.Name);
        Assert.Equal(30, alice.ConfirmedData.Members.Count);
        Assert.False(heard.TryRead(out _));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task RemoveSessionParticipant_OfOneself_EndsTheSession(RealtimeProtocol protocol)
    {
        var (alice, _) = await JoinBothAsync(protocol);
        var client = Open("bob", protocol);
        var bob = await client.JoinSessionAsync("demo", alice.SessionId);
        var left = new TaskCompletionSource<string>();
        bob.OnLeft(left.SetResult);

        await client.RemoveSessionParticipantAsync(new() { ApplicationId = "demo", SessionId = alice.SessionId, Participant = new("bob") });

        // Told by the server, or found out by joining again, whichever comes first.
        Assert.Contains(await left.Task.WaitAsync(AtOnce), new[] { "access_revoked", "session_not_found" });
        Assert.Equal(SyncStatus.Disconnected, bob.SyncStatus);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task DeleteSession_ThatIsJoined_EndsIt(RealtimeProtocol protocol)
    {
        var (client, alice, _) = await JoinAsync(protocol);
        var left = new TaskCompletionSource<string>();
        alice.OnLeft(left.SetResult);

        await client.DeleteSessionAsync(new() { ApplicationId = "demo", SessionId = alice.SessionId });

        Assert.Equal("deleted", await left.Task.WaitAsync(AtOnce));
    }

    private async Task<(RealtimeClient Client, LiveSession Alice, ChannelReader<SessionEvent> Heard)> JoinAsync(RealtimeProtocol protocol)
    {
        var client = Open("alice", protocol);
        var alice = await client.JoinSessionAsync("demo", (await CreateAsync(client)).SessionId);
        var heard = Channel.CreateUnbounded<SessionEvent>();
        alice.OnEvent(next => heard.Writer.TryWrite(next));
        return (client, alice, heard.Reader);
    }

    private static PatchSessionRequest Patch(LiveSession session, SessionPatch patch) =>
        new() { ApplicationId = "demo", SessionId = session.SessionId, Patch = patch };

    private static async Task<SessionEvent> NextAsync(ChannelReader<SessionEvent> heard, long sequence)
    {
        var next = await heard.ReadAsync().AsTask().WaitAsync(AtOnce);
        Assert.Equal(sequence, next.Sequence);
        return next;
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : OwnRequestTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : OwnRequestTests(deployment);
}
