using System.Globalization;
using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>
/// Twenty users on two servers, some in conversations, some watching the space, comment at random while an owner changes who sees what. Nobody is told
/// of what he must not see, and nobody misses what he sees. The variable <c>REALTIME_VISIBILITY_RUNS</c> may ask for more runs, <c>REALTIME_VISIBILITY_SEED</c> for others.
/// </summary>
[Collection(RedisDeployment.Name)]
public sealed class VisibilityTests(RedisDeployment deployment, ITestOutputHelper output) : HubTest(deployment)
{
    private const int Users = 20, Groups = 4, Conversations = 8, MostJoined = 4;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;

    [Fact]
    public async Task Comments_WhileWhoSeesWhatChanges_ReachExactlyThoseWhoSeeThem()
    {
        var (runs, seed) = (Setting("REALTIME_VISIBILITY_RUNS", 1), Setting("REALTIME_VISIBILITY_SEED", 1));
        for (var i = 0; i < runs; i++)
        {
            await RunAsync(seed + i);
        }
    }

    private async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        var test = Guid.NewGuid().ToString("N")[..8];
        using var owner = await Person.SignInAsync(First, $"owner-{test}");
        using var elsewhere = await Person.SignInAsync(Second, $"owner-{test}");
        var people = await Task.WhenAll(Enumerable.Range(0, Users).Select(i => Person.SignInAsync(ServerOf(i), $"user-{i}-{test}")));
        var space = await owner.MakeSpaceAsync(people);
        var model = new SpaceModel(Users, Groups, Conversations);
        var run = new Run(space, await owner.MakeConversationsAsync([.. Enumerable.Range(0, Conversations).Select(i => new { name = $"{i}", space_id = space })]));
        var users = await Task.WhenAll(people.Select(async (person, i) => new User(i, person, await ConnectAsync(person.Name, ServerOf(i)), run)));
        var groups = await BeginAsync(random, owner, users, model, run);

        using var stopping = new CancellationTokenSource();
        using var ending = new CancellationTokenSource();
        var listening = users.Select(user => Task.Run(user.ListenAsync)).ToArray();
        var keeping = users.SelectMany(user => user.Subscriptions)
            .Select(subscription => subscription.KeepAsync(new Random(random.Next()), ending.Token)).ToArray();
        var working = users.Select(user => user.CommentAsync(new Random(random.Next()), stopping.Token))
            .Append(new Owner([owner, elsewhere], users, groups, model, run).ChangeAsync(new Random(random.Next()), stopping.Token)).ToArray();
        await Task.WhenAny(Task.Delay(Length), Task.WhenAll(working));
        await stopping.CancelAsync();
        await Task.WhenAll(working);

        await SettleAsync(await ConnectAsync($"owner-{test}"), users, model, run);
        await ending.CancelAsync();
        await Task.WhenAll(keeping);
        var verdict = new Verdict(model, run, users);
        verdict.Judge();
        Array.ForEach(people, person => person.Dispose());
        var left = users.SelectMany(user => user.Subscriptions).SelectMany(subscription => subscription.Stays).Count(stay => stay.LeftAt is not null);
        output.WriteLine(
            $"Seed {seed}: {run.Comments.Count} comments, {verdict.Counts.Deliveries} deliveries ({verdict.Counts.Due} due), "
            + $"{model.Changes} changes of sight, {left} times put out, changes judged after {verdict.Late.TotalMilliseconds:f0} ms, {run.Complaints.Count} complaints.");
        Assert.True(run.Complaints.IsEmpty, $"Run with seed {seed}:\n{string.Join('\n', run.Complaints.Take(20))}");
    }

    private ServerProcess ServerOf(int user) => user % 2 == 0 ? First : Second;

    /// <summary>Gives everybody something to see. The first half joins conversations, the second watches the space; some do both.</summary>
    private static async Task<IReadOnlyList<long>> BeginAsync(Random random, Person owner, User[] users, SpaceModel model, Run run)
    {
        var groups = new List<long>();
        foreach (var group in model.Groups)
        {
            group.UnionWith(users.Where(_ => random.Next(4) == 0).Select(user => user.Number));
            groups.Add(await owner.MakeGroupAsync(run.Space, [.. group.Select(user => users[user].Person)]));
        }

        var setting = new Owner([owner], users, groups, model, run);
        for (var i = 0; i < Conversations; i++)
        {
            model.Conversations[i].Groups.Add(random.Next(Groups));
            model.Conversations[i].Participants.UnionWith(users.Where(_ => random.Next(4) == 0).Select(user => user.Number));
            await setting.SendAsync(owner, i);
        }

        model.Begin();
        foreach (var user in users)
        {
            if (user.Number >= Users / 2)
            {
                user.Watch();
            }

            for (var n = user.Number < Users / 2 + 4 ? random.Next(1, MostJoined + 1) : 0; n > 0; n--)
            {
                user.Join(random.Next(Conversations));
            }
        }

        return groups;
    }

    /// <summary>Waits until everything has taken effect, and everybody has heard the last that he sees.</summary>
    private static async Task SettleAsync(HubClient owner, User[] users, SpaceModel model, Run run)
    {
        await Task.Delay(Verdict.Soon);
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        for (var i = 0; i < Conversations; i++)
        {
            var sent = run.Clock.Elapsed;
            var last = await owner.CommentAsync(run.Conversations[i], "The last");
            run.Add(last, i, sent);
            foreach (var user in users.Where(user => model.SightOf(user.Number, i).Sees))
            {
                foreach (var subscription in user.Subscriptions.Where(one => one.Conversation is null || one.Conversation == i))
                {
                    while (!(subscription.Conversation is null ? subscription.Has(last.GetProperty("commentId").GetInt64()) : subscription.IsAt(last.Sequence())))
                    {
                        Assert.False(patience.IsCancellationRequested, $"{subscription} never hears of the last in {i}. {string.Join('\n', run.Complaints.Take(20))}");
                        await Task.Delay(Glance);
                    }
                }
            }
        }
    }
}
