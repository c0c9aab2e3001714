using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Delivery;

/// <summary>A member that conflates gets less where it is behind, and comes to the same data.</summary>
public abstract class ConflationTests(Deployment deployment) : HubTest(deployment)
{
    private const int Patches = 6_000;
    private const int Names = 100;
    private const int InFlight = 64;
    private const int ReceiveBuffer = 16 * 1024;

    [Fact]
    public async Task Member_ThatReadNothingForAWhile_GetsRunsAsOneEventAndTheSameData()
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second, ReceiveBuffer);
        var session = await alice.CreateSessionAsync(null, "bob");
        var start = (await bob.CallAsync("JoinSession", session.With(new { conflate = true }))).Sequence();
        await bob.NextAsync("SessionReset");
        bob.PauseReading();

        await WriteAsync(alice, session);
        bob.ResumeReading();

        var (data, last, callbacks, runs, custom) = (JsonTree.Empty, start, 0, 0, 0);
        for (; last < start + Patches; callbacks++)
        {
            var next = (await bob.TakeAsync(1))[0];
            if (next.Name == "SessionReset")
            {
                // Where he was at the head for a moment, and what he had missed outweighed the state.
                Assert.True(next.Argument.Sequence() > last);
                (data, last) = (Tree(next.Argument.GetProperty("data")), next.Argument.Sequence());
                continue;
            }

            var isRun = next.Argument.TryGetProperty("fromSequence", out var from);
            runs += isRun ? 1 : 0;
            Assert.Equal(last + 1, isRun ? from.GetInt64() : next.Argument.Sequence());
            last = next.Argument.Sequence();
            if (next.Name == "SessionEventCreated")
            {
                custom++;
                continue;
            }

            Assert.Equal("SessionDataUpdated", next.Name);
            data = next.Argument.TryGetProperty("clear", out var clear) ? MergePatch.Apply(data, Tree(clear)) : data;
            data = MergePatch.Apply(data, Tree(next.Argument.GetProperty("data")));
        }

        Assert.Equal(Tree(await alice.GetDataAsync(session)), data);
        Assert.Equal(1, custom);
        Assert.InRange(runs, 1, callbacks);
        Assert.InRange(callbacks, 3, Patches / 2);
    }

    /// <summary>Patches that turn names into objects and back, and one custom event in the middle.</summary>
    private static async Task WriteAsync(HubClient alice, SessionRef session)
    {
        var text = new string('x', 600);
        var writing = new Queue<Task>();
        for (var i = 0; i < Patches; i++)
        {
            object? value = (i / Names % 3) switch { 0 => new { i, text }, 1 => text, _ => null };
            writing.Enqueue(i == Patches / 2
                ? alice.SendEventAsync(session, "half")
                : alice.PatchAsync(session, new Dictionary<string, object?> { [$"n{i % Names}"] = value }));
            if (writing.Count > InFlight)
            {
                await writing.Dequeue();
            }
        }

        await Task.WhenAll(writing);
    }

    private static JsonTree Tree(JsonElement element) => JsonTree.Parse(JsonSerializer.SerializeToUtf8Bytes(element));

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : ConflationTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : ConflationTests(deployment);
}
