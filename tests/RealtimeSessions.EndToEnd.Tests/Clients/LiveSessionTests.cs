using System.Collections.Concurrent;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>Live sessions over connections that stand.</summary>
public abstract class LiveSessionTests(Deployment deployment) : ClientTest(deployment)
{
    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Patch_OfOne_IsTheDataOfBoth(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);

        var made = alice.PatchAsync(Node("""{"title": "Plans", "n": 1.5, "list": [1, null, {"é": "😀"}], "gone": 1}"""));
        Assert.Equal("\"Plans\"", alice.Data.Members.First(member => member.Name == "title").Value.ToString());
        await UntilAsync(bob, alice.Data.ToString());
        await bob.PatchAsync(Tree("""{"gone": null, "by": "bob"}"""));
        var ack = await made;
        await UntilAsync(alice, bob.Data.ToString());

        Assert.Equal((1, 2), (ack.Count, ack.Position.Sequence));
        Assert.Equal("""{"by":"bob","list":[1,null,{"é":"😀"}],"n":1.5,"title":"Plans"}""", alice.ConfirmedData.ToString());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Join_OfWhatOneMayNotRead_IsRefused(RealtimeProtocol protocol)
    {
        var session = await CreateAsync(Open("alice", protocol));

        var exception = await Assert.ThrowsAsync<RealtimeException>(() => Open("bob", protocol).JoinSessionAsync("demo", session.SessionId));

        Assert.Equal(ErrorCode.SessionNotFound, exception.Code);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Join_AfterLeaving_IsInAgain(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);
        var client = Open("bob", protocol);
        for (var i = 0; i < 5; i++)
        {
            await using var again = await client.JoinSessionAsync("demo", alice.SessionId);
            await alice.PatchAsync(Tree($$"""{"n": {{i}}}"""));
            await UntilAsync(again, $$"""{"n":{{i}}}""");
        }

        await UntilAsync(bob, """{"n":4}""");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Patch_ThatIsRefused_DisappearsAndBlocksNothing(RealtimeProtocol protocol)
    {
        var (alice, _) = await JoinBothAsync(protocol);
        var refused = new ConcurrentQueue<RefusedChange>();
        alice.OnRefused(refused.Enqueue);
        var part = new string('x', 200 * 1024);
        var patches = Enumerable.Range(0, 30).Select(i => alice.PatchAsync(Node($$"""{"part{{i}}": "{{part}}"}"""))).ToArray();
        var after = alice.PatchAsync(Tree("""{"after": true}"""));

        var outcomes = await Task.WhenAll(patches.Select(patch => Record.ExceptionAsync(() => patch)));
        await after;
        await UntilAsync(alice, SyncStatus.Synchronized);

        var codes = outcomes.OfType<RealtimeException>().Select(exception => exception.Code).ToArray();
        Assert.InRange(codes.Length, 9, 10);
        Assert.All(codes, code => Assert.Equal(ErrorCode.DataTooLarge, code));
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        while (refused.Count < codes.Length)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.Equal(codes.Length, refused.Count);
        Assert.Equal(31 - codes.Length, alice.Data.Members.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Patch_OfAClosedSession_IsRefusedAndShowsNoLonger(RealtimeProtocol protocol)
    {
        var client = Open("alice", protocol);
        var session = await CreateAsync(client);
        var alice = await client.JoinSessionAsync("demo", session.SessionId);
        await alice.PatchAsync(Tree("""{"a":1}"""));
        await client.CloseSessionAsync(new() { ApplicationId = "demo", SessionId = session.SessionId });

        var patch = alice.PatchAsync(Tree("""{"a":2}"""));
        var exception = await Assert.ThrowsAsync<RealtimeException>(() => patch);

        Assert.Equal(ErrorCode.SessionClosed, exception.Code);
        Assert.Equal("""{"a":1}""", alice.Data.ToString());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Update_OfATypedValue_KeepsWhatTheTypeDoesNotKnow(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);
        await using var typed = await Open("alice", protocol).JoinSessionAsync("demo", alice.SessionId, BoardJson.Default.Board);
        await bob.PatchAsync(Tree("""{"likes": 1, "title": "Plans", "unknown": {"deep": 1}}"""));
        await UntilAsync(typed.OnValue, () => typed.Value, board => board.Likes == 1);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => typed.UpdateAsync(board => board with { Likes = board.Likes + 1, Title = null }))));

        await UntilAsync(bob, """{"likes":11,"unknown":{"deep":1}}""");
        Assert.Equal(new Board(null, 11), typed.Value);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Undo_TakesBackWhatNobodyHasChangedSince(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);
        await alice.PatchAsync(Tree("""{"a": 1, "b": 1}"""));
        await alice.PatchAsync(Tree("""{"a": 2, "b": 2}"""));
        await UntilAsync(bob, """{"a":2,"b":2}""");
        await bob.PatchAsync(Tree("""{"b": 3}"""));
        await UntilAsync(alice, """{"a":2,"b":3}""");

        await alice.UndoAsync();
        Assert.Equal("""{"a":1,"b":3}""", alice.Data.ToString());
        await alice.UndoAsync();

        Assert.Equal("""{"b":3}""", alice.Data.ToString());
        Assert.False(alice.CanUndo);
        Assert.Null(await alice.UndoAsync());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task PresenceAndSignals_ReachTheOther(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol, options: new() { Presence = Tree("""{"color":"teal"}""") });
        var signal = new TaskCompletionSource<SessionSignal>();
        alice.OnSignal(signal.SetResult);

        await bob.UpdatePresenceAsync(Tree("""{"editing": "title"}"""));
        var people = await UntilAsync(alice.OnPresence, () => alice.People, all => all.ToString().Contains("title", StringComparison.Ordinal));
        await bob.SendSignalAsync("cursor", Tree("""{"x": 1}"""), to: "alice");
        var told = await signal.Task.WaitAsync(Patience);

        Assert.Contains($"\"{bob.ConnectionId}\":{{\"color\":\"teal\",\"editing\":\"title\"}}", people.ToString(), StringComparison.Ordinal);
        Assert.Equal(("bob", "cursor", """{"x":1}"""), (told.UserId, told.Name, told.Data!.ToString()));
        var exception = await Assert.ThrowsAsync<RealtimeException>(() => bob.UpdatePresenceAsync(Node2K()));
        Assert.Equal(ErrorCode.DataTooLarge, exception.Code);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Access_ThatIsRevoked_EndsTheSession(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);
        var left = new TaskCompletionSource<string>();
        using var reading = new CancellationTokenSource(Patience);
        await using var events = bob.ReadEventsAsync(0, reading.Token).GetAsyncEnumerator(reading.Token);
        bob.OnLeft(left.SetResult);
        Assert.True(await events.MoveNextAsync());

        using var rest = await RestClient.SignInAsync(First, "alice");
        await rest.DoAsync("DELETE", $"applications/demo/sessions/{alice.SessionId}/participants/user/bob");

        Assert.Equal("access_revoked", await left.Task.WaitAsync(Patience));
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(2, events.Current.Sequence);
        Assert.False(await events.MoveNextAsync());
        var late = new TaskCompletionSource<string>();
        bob.OnLeft(late.SetResult);
        Assert.Equal("access_revoked", await late.Task.WaitAsync(Patience));
        Assert.Equal(ClientErrors.Left, (await Assert.ThrowsAsync<RealtimeException>(() => bob.PatchAsync(Tree("""{"a": 1}""")))).Code);
    }

    private static Protocol.Data.JsonTree Node2K() => Tree($$"""{"text": "{{new string('x', 2048)}}"}""");

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : LiveSessionTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : LiveSessionTests(deployment);
}
