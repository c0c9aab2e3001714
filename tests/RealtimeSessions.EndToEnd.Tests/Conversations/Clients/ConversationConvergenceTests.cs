using System.Globalization;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Clients;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Clients;

/// <summary>
/// Eight clients of both libraries over both protocols, of two users, on two servers, comment at random while connections are cut and held, and Redis restarts. When all is quiet, all
/// show what the server has: no comment is lost or doubled, and each client's are in its order. The variable <c>REALTIME_CONVERGENCE_RUNS</c> may ask for more runs,
/// <c>REALTIME_CONVERGENCE_SEED</c> for others.
/// </summary>
public sealed class ConversationConvergenceTests(ITestOutputHelper output)
{
    private const int UsualRuns = 3;
    private const int Clients = 8;
    private const int Steps = 150;
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Lists_AfterRandomCommentsAndFaults_EqualTheServers()
    {
        await using var storage = await RedisStorage.StartDurableAsync();
        await using var one = await ServerProcess.StartAsync(storage.Settings);
        await using var two = await ServerProcess.StartAsync(storage.Settings);
        using var setting = await ConversationSetting.OpenAsync(one, "alice");
        await using var observer = new RealtimeClient(new() { Url = one.Address, AccessToken = _ => one.SignInAsync("alice") });
        var bob = await ConversationSetting.UserAsync(one, "bob");
        await using var node = new NodeActors();
        var members = new List<(Commenter Commenter, TcpGate Gate)>();
        try
        {
            for (var i = 0; i < Clients; i++)
            {
                var protocol = i / 2 % 2 == 0 ? RealtimeProtocol.Json : RealtimeProtocol.MessagePack;
                Commenter commenter = i % 2 == 0 ? new DotNetCommenter($"dotnet-{protocol}-{i}") : new NodeCommenter(node, $"typescript-{protocol}-{i}");
                var gate = new TcpGate((i < Clients / 2 ? one : two).Address.Port);
                members.Add((commenter, gate));
                await commenter.OpenAsync(gate.Address, await one.SignInAsync(i % 4 < 2 ? "alice" : "bob"), protocol);
            }

            var (runs, seed) = (Setting("REALTIME_CONVERGENCE_RUNS", UsualRuns), Setting("REALTIME_CONVERGENCE_SEED", 1));
            for (var run = 0; run < runs; run++)
            {
                var conversationId = await setting.CreateAsync(bob);
                await Task.WhenAll(members.Select(member => member.Commenter.JoinAsync(conversationId)));
                var (made, faults) = await RunAsync(members, new Random(seed + run), storage.Redis);
                await CheckAsync(members, observer, conversationId, made, seed + run);
                output.WriteLine($"Seed {seed + run}: {made.Sum(own => own.Count)} comments, {faults}.");
                await Task.WhenAll(members.Select(member => member.Commenter.LeaveAsync()));
            }
        }
        finally
        {
            foreach (var (commenter, gate) in members)
            {
                await commenter.DisposeAsync();
                await gate.DisposeAsync();
            }
        }

        one.AssertNoErrors();
        two.AssertNoErrors();
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;

    private static async Task<(List<string>[] Made, string Faults)> RunAsync(
        List<(Commenter Commenter, TcpGate Gate)> members, Random random, RedisServer redis)
    {
        var made = members.Select(_ => new List<string>()).ToArray();
        var (cuts, holds, restart) = (0, 0, Task.CompletedTask);
        var restartAt = random.Next(Steps);
        for (var step = 0; step < Steps; step++)
        {
            var which = random.Next(members.Count);
            var (commenter, gate) = members[which];
            if (step == restartAt)
            {
                restart = redis.RestartAsync();
            }

            switch (random.Next(20))
            {
                case < 2:
                    gate.Cut();
                    cuts++;
                    break;
                case 2:
                    _ = random.Next(2) == 0 ? gate.HoldAnswers() : gate.HoldRequests();
                    _ = ReleaseAsync(gate, LongestHold * random.NextDouble(), isCut: random.Next(2) == 0);
                    holds++;
                    break;
                default:
                    var content = $"{which}.{made[which].Count}";
                    made[which].Add(content);
                    await commenter.SendAsync(content);
                    break;
            }

            if (random.Next(4) == 0)
            {
                await Task.Delay(random.Next(10));
            }
        }

        await restart;
        return (made, $"{cuts} cuts, {holds} delays, a restart of Redis");
    }

    /// <summary>Cuts while something is held: what was made has no answer then.</summary>
    private static async Task ReleaseAsync(TcpGate gate, TimeSpan hold, bool isCut)
    {
        await Task.Delay(hold);
        if (isCut)
        {
            gate.Cut();
        }

        gate.Release();
    }

    private static async Task CheckAsync(
        List<(Commenter Commenter, TcpGate Gate)> members, RealtimeClient observer, long conversationId, List<string>[] made, int seed)
    {
        var head = 1 + made.Sum(own => own.Count);
        var views = await QuietAsync(members, head, seed);
        await Task.WhenAll(members.Select(member => member.Commenter.LoadAsync()));
        views = await Task.WhenAll(members.Select(member => member.Commenter.ViewAsync()));

        var server = await ListAsync(observer, conversationId, head - 1);
        Assert.Equal(made.SelectMany(own => own).Order(), server.Select(comment => comment.Content).Order());
        Assert.Equal(Callbacks.Range(2, head), server.Select(comment => comment.Sequence!.Value));
        for (var i = 0; i < made.Length; i++)
        {
            var (view, where) = (views[i], $"Run with seed {seed}, {members[i].Commenter}");
            Assert.True(server.SequenceEqual(view.Comments), $"{where} shows {string.Join(' ', view.Comments)}, the server {string.Join(' ', server.AsEnumerable())}");
            Assert.Equal(made[i], server.Select(comment => comment.Content).Where(content => content.StartsWith($"{i}.", StringComparison.Ordinal)));
            Assert.True(view is { Doubled: null, Failures.Count: 0, Resets: 0 }, $"{where}: {view}, {string.Join("; ", view.Failures)}");
            Assert.True(view.Told.SequenceEqual(Callbacks.Range(2, head)), $"{where} was told {string.Join(' ', view.Told)}");
        }
    }

    /// <summary>Every comment as the server has it. What an outage has come between is in the catalog after the next sweep.</summary>
    private static async Task<ShownComment[]> ListAsync(RealtimeClient observer, long conversationId, long count)
    {
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        while (true)
        {
            var page = await observer.ListCommentsAsync(new() { ConversationId = conversationId, Limit = 1_000 });
            if (page.Comments.Count >= count || patience.IsCancellationRequested)
            {
                return [.. page.Comments.Reverse().Select(placed => new ShownComment(placed.Sequence, placed.Comment.CommentId, placed.Comment.Content))];
            }

            await Task.Delay(Interval);
        }
    }

    /// <summary>Waits until every client is at the head, with nothing on its way, and has been told of it.</summary>
    private static async Task<CommenterView[]> QuietAsync(List<(Commenter Commenter, TcpGate Gate)> members, long head, int seed)
    {
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        while (true)
        {
            var views = await Task.WhenAll(members.Select(member => member.Commenter.ViewAsync()));
            if (views.All(view => view is { Status: "synchronized", Told: [.., var told] } && view.Sequence == head && told == head))
            {
                return views;
            }

            if (patience.IsCancellationRequested)
            {
                var states = members.Zip(views, (member, view) => $"{member.Commenter} {view.Status} {view.Sequence} {string.Join(',', view.Failures)}");
                Assert.Fail($"Not quiet at {head} with seed {seed}: {string.Join("; ", states)}");
            }

            await Task.Delay(Interval);
        }
    }
}
