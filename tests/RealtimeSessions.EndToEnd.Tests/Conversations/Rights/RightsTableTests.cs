using System.Collections.Concurrent;
using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rights;

/// <summary>Every role, come by in every way, may do what the table says and nothing else, over REST and over the hub.</summary>
public abstract class RightsTableTests(Deployment deployment, ITestOutputHelper output) : ConversationTest(deployment)
{
    private readonly Dictionary<Subject, Actor> _actors = [];
    private readonly ConcurrentBag<string> _differences = [];
    private long _space;
    private int _checks;

    [Fact]
    public async Task Acts_OfEveryRoleInEveryWay_EndAsTheTableSays()
    {
        var made = await MakeAsync();
        await WatchAsync(made);
        await Task.WhenAll(made.GroupBy(one => one.Case.Subject).Select(async mine =>
        {
            foreach (var (way, conversation) in mine)
            {
                await TryAsync(way, conversation);
            }
        }));

        output.WriteLine($"{made.Count} conversations, {_checks} checks, {_differences.Count} differences.");
        Assert.Empty(_differences);
        Assert.All(_actors, actor => Assert.Contains(made, one => one.Case.Subject == actor.Key));
    }

    /// <summary>Makes a conversation of each way. Alice owns the space, Bob makes what the subjects do not, Carol is to be invited.</summary>
    private async Task<List<(Case Case, long Conversation)>> MakeAsync()
    {
        foreach (var subject in Enum.GetValues<Subject>())
        {
            var person = await SignInAsync($"{subject}".ToLowerInvariant(), Second);
            _actors[subject] = new Actor(person, await ConnectAsync(person, Second));
        }

        Person Of(Subject subject) => _actors[subject].Person;
        _space = await Alice.MakeSpaceAsync(Bob, Carol, Of(Subject.Member), Of(Subject.Removed), Of(Subject.LeftGroups));
        await Alice.AddToSpaceAsync(_space, Of(Subject.Owner), role: 1);
        var everybody = new[] { Of(Subject.Member), Of(Subject.Removed), Of(Subject.LeftGroups) };
        var (one, two) = (await Alice.MakeGroupAsync(_space, everybody), await Alice.MakeGroupAsync(_space, everybody));

        var made = new List<(Case, long)>();
        var cases = Cases.All(_space, _actors.ToDictionary(actor => actor.Key, actor => actor.Value.Person.Id), one, two);
        foreach (var ofOne in cases.GroupBy(way => way.ByMaker ? Bob : Of(way.Subject)))
        {
            foreach (var few in ofOne.Chunk(100))
            {
                made.AddRange(few.Zip(await ofOne.Key.MakeConversationsAsync([.. few.Select(way => way.Form)])));
            }
        }

        await Alice.SetGroupAsync(one, Of(Subject.Member), Of(Subject.Removed));
        await Alice.SetGroupAsync(two, Of(Subject.Member), Of(Subject.Removed));
        await Alice.RemoveFromSpaceAsync(_space, Of(Subject.Removed));
        return made;
    }

    /// <summary>Comments on everything, and looks what those who watch the space are told.</summary>
    private async Task WatchAsync(List<(Case Case, long Conversation)> made)
    {
        var last = await Bob.MakeConversationAsync(new { name = "The last", space_id = _space, stakeholder = 2 });
        var watchers = new List<Subject>();
        foreach (var (subject, actor) in _actors)
        {
            if (subject is Subject.Outsider or Subject.Removed)
            {
                Check($"WatchSpace by {subject}", "space_not_found", (await actor.Hub.WatchAsync(_space).RefusedAsync()).Code);
                continue;
            }

            await actor.Hub.BeginWatchAsync(_space);
            watchers.Add(subject);
        }

        foreach (var (way, conversation) in made)
        {
            var maker = way.ByMaker ? Bob : _actors[way.Subject].Person;

            // What a member has made before he was removed, nobody is left to comment on.
            if (way.ByMaker || way.Expected != Role.None)
            {
                await maker.CommentAsync(conversation, "A comment");
            }
        }

        await Bob.CommentAsync(last, "The last");
        foreach (var subject in watchers)
        {
            var seen = new HashSet<long>();
            while (!seen.Contains(last))
            {
                seen.Add((await _actors[subject].Hub.NextAsync("CommentCreated")).Conversation());
            }

            foreach (var (way, conversation) in made.Where(one => one.Case.Subject == subject))
            {
                Check($"Watch, {way}", way.Expected != Role.None ? "seen" : "not seen", seen.Contains(conversation) ? "seen" : "not seen");
            }

            await _actors[subject].Hub.CallAsync("UnwatchSpace", new { spaceId = _space });
        }
    }

    private async Task TryAsync(Case way, long conversation)
    {
        var acts = Enum.GetValues<Act>().Where(act => act != Act.Delete).Append(Act.Delete);
        foreach (var act in acts)
        {
            foreach (var (door, code) in await _actors[way.Subject].TryAsync(act, conversation, _space, way.Form, Carol.Id))
            {
                Check($"{act} by {door}, {way}", Expectation.Of(way.Expected, act), code);
            }
        }

        // What was allowed was done.
        if (way.ByMaker)
        {
            var there = await Bob.Rest.CallAsync("GET", $"conversations/{conversation}");
            Check($"After all, {way}", way.Expected == Role.Editor ? Expectation.Missing : null, there.Problem());
        }
    }

    private void Check(string what, string? expected, string? actual)
    {
        Interlocked.Increment(ref _checks);
        if (expected != actual)
        {
            _differences.Add($"{what}: expected {expected ?? "success"}, got {actual ?? "success"}");
        }
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment, ITestOutputHelper output) : RightsTableTests(deployment, output);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment, ITestOutputHelper output) : RightsTableTests(deployment, output);
}
