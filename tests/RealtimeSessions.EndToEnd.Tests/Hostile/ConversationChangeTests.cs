using System.Text.RegularExpressions;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;
using RealtimeSessions.EndToEnd.Tests.Hostile.Rest;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Hostile;

/// <summary>A change of conversations that is refused has changed nothing, however much of it was good. <see cref="HostileScale"/> says how to send more.</summary>
public abstract partial class ConversationChangeTests(Deployment deployment, ITestOutputHelper output) : HubTest(deployment)
{
    private const int OneIn = 10;

    [Fact]
    public async Task HostileChanges_ThatAreRefused_LeaveNothingBehind()
    {
        using var owner = await RestClient.SignInAsync(First, $"owner-{Guid.NewGuid():N}");
        using var member = await RestClient.SignInAsync(First, $"member-{Guid.NewGuid():N}");
        using var attack = new RestAttack(First.Address, owner.Token);
        var (outcomes, failures) = (new Outcomes(), new List<string>());
        var stage = await ConversationStage.BuildAsync(owner, member);
        var before = await ShownAsync(owner, stage);
        for (var seed = HostileScale.FirstSeed; seed < HostileScale.FirstSeed + Math.Max(HostileScale.Requests / OneIn, 1); seed++)
        {
            var random = new Random(seed);
            var request = random.Pick(ConversationExamples.ChangesOf(stage));
            request.Body = random.Next(2) == 0 ? JsonMutations.Mutate(random, request.Body!) : Misplace(random, request.Body!);
            var outcome = await attack.PlayAsync(request);
            var after = await ShownAsync(owner, stage);
            outcomes.Add(outcome);
            if (outcome != "success" && after != before)
            {
                failures.Add($"Seed {seed}, {outcome}: {request.Method} {string.Join('/', request.Segments)} {request.Body}");
            }

            before = after;
        }

        output.WriteLine(outcomes.ToString());
        Assert.Empty(failures);
        Assert.Contains("success", outcomes.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Puts another number in the place of one: most of them mean something, somewhere else.</summary>
    private static string Misplace(Random random, string body)
    {
        var numbers = Number().Matches(body);
        return numbers.Count == 0 ? body : Number().Replace(body, $"{random.Next(6)}", 1, numbers[random.Next(numbers.Count)].Index);
    }

    [GeneratedRegex("(?<=:)[0-9]+")]
    private static partial Regex Number();

    /// <summary>All that is shown first of what the requests are about.</summary>
    private static async Task<string> ShownAsync(RestClient owner, ConversationStage stage)
    {
        string[] lists =
        [
            "spaces?include=participants&per_page=3", $"spaces/{stage.SpaceId}?include=participants", "groups?per_page=3", $"groups/{stage.GroupId}",
            "conversations?per_page=5", $"conversations/{stage.ConversationId}", $"comments?resource_type=conversation&resource_id={stage.ConversationId}&per_page=3",
        ];
        return string.Join('\n', (await Task.WhenAll(lists.Select(list => owner.DoAsync("GET", list)))).Select(shown => shown.GetRawText()));
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment, ITestOutputHelper output) : ConversationChangeTests(deployment, output);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment, ITestOutputHelper output) : ConversationChangeTests(deployment, output);
}
