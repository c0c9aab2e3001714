using System.Text.Json.Nodes;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>A member that is behind and lets runs of patches become one.</summary>
public sealed class ConflationTests : DeliveryTest
{
    private const int Small = 8 * 1024;

    /// <summary>Fills whatever the connection takes before its client reads.</summary>
    private static readonly string Filler = $$"""{"filler":"{{new string('x', 2 * Small)}}"}""";

    [Fact]
    public async Task RunOfPatches_ToAMemberBehind_IsOneEventInTheNameOfTheLast()
    {
        var client = await BlockedAsync();
        var answers = new List<Result<Ack>>();
        for (var n = 1; n <= 2_000; n++)
        {
            answers.Add(await Parts.PatchAsync(Board, $$"""{"n{{n % 10}}":{{n}}}""", n < 2_000 ? ServerParts.Bob : ServerParts.Alice));
        }

        var run = await ReadToAsync(client, 2_002);

        var (last, ack) = (Assert.Single(run).Argument, answers[^1].Value!);
        Assert.Equal((3L, 2_002L), (last["fromSequence"]!.GetValue<long>(), last["sequence"]!.GetValue<long>()));
        Assert.Equal((ack.EventId.ToString(), "alice"), (last["eventId"]!.GetValue<string>(), last["userId"]!.GetValue<string>()));
        Assert.Null(last["clear"]);
        Assert.Equal(
            """{"n0":2000,"n1":1991,"n2":1992,"n3":1993,"n4":1994,"n5":1995,"n6":1996,"n7":1997,"n8":1998,"n9":1999}""",
            last["data"]!.ToJsonString());
    }

    [Fact]
    public async Task RunOfPatches_OnePatchCannotStandFor_ClearsFirst()
    {
        var client = await BlockedAsync();
        await PatchAsync(Board, """{"a":1}""");
        await PatchAsync(Board, """{"a":{"b":2}}""");

        var run = Assert.Single(await ReadToAsync(client, 4)).Argument;

        Assert.Equal(("""{"a":null}""", """{"a":{"b":2}}"""), (run["clear"]!.ToJsonString(), run["data"]!.ToJsonString()));
    }

    [Fact]
    public async Task OtherEvents_BetweenPatches_KeepTheirPlace()
    {
        var client = await BlockedAsync();
        await PatchAsync(Board, """{"a":1}""");
        await PatchAsync(Board, """{"b":1}""");
        await SendAsync(Board, "ping");
        await RenameAsync(Board, "New");
        await PatchAsync(Board, """{"c":1}""");

        var events = await ReadToAsync(client, 7);

        Assert.Equal(
            [("SessionDataUpdated", 4L), ("SessionEventCreated", 5), ("SessionUpdated", 6), ("SessionDataUpdated", 7)],
            events.Select(next => (next.Target, next.Sequence)));
        Assert.Null(events[^1].Argument["fromSequence"]);
    }

    [Fact]
    public async Task WhatWasMissed_OutweighsTheState_IsTheStateInstead()
    {
        var client = await BlockedAsync();
        for (var n = 0; n < 200; n++)
        {
            await PatchAsync(Board, $$"""{"name{{n}}":1}""");
            await PatchAsync(Board, $$"""{"name{{n}}":null}""");
        }

        await PatchAsync(Board, """{"filler":null}""");
        await SettleAsync(Board);
        var reset = await client.NextAsync();
        while (reset.Target != "SessionReset")
        {
            reset = await client.NextAsync();
        }

        Assert.Equal((403L, "{}"), (reset.Argument["position"]!["sequence"]!.GetValue<long>(), reset.Argument["data"]!.ToJsonString()));
    }

    [Fact]
    public async Task WhatWasMissed_HoldsACustomEvent_IsNeverTheStateInstead()
    {
        var client = await BlockedAsync();
        await PatchAsync(Board, $$"""{"name":"{{new string('x', 1_000)}}"}""");
        await SendAsync(Board, "ping");
        await PatchAsync(Board, """{"name":null,"filler":null}""");

        var events = await ReadToAsync(client, 5);

        Assert.Equal(["SessionDataUpdated", "SessionEventCreated", "SessionDataUpdated"], events.Select(next => next.Target));
    }

    [Fact]
    public async Task OwnPatches_WithinARun_CountInTheirPlace()
    {
        var client = await BlockedAsync();
        var own = client.Connection.OriginFor(Board);
        await PatchAsync(Board, """{"a":0}""", origin: own);
        await PatchAsync(Board, """{"a":1}""");
        await PatchAsync(Board, """{"a":2}""", origin: own);
        await PatchAsync(Board, """{"b":3}""");

        var run = Assert.Single(await ReadToAsync(client, 6)).Argument;

        Assert.Equal((4L, """{"a":2,"b":3}"""), (run["fromSequence"]!.GetValue<long>(), run["data"]!.ToJsonString()));
    }

    [Fact]
    public async Task OwnEvents_NothingElse_AreLeftOut()
    {
        var client = await BlockedAsync();
        var own = client.Connection.OriginFor(Board);
        await PatchAsync(Board, """{"a":0}""", origin: own);
        await PatchAsync(Board, """{"a":1}""", origin: own);
        await SettleAsync(Board);
        Assert.Equal(2, (await client.NextAsync()).Sequence);

        await PatchAsync(Board, """{"a":2}""");

        Assert.Equal(5, (await client.NextAsync()).Sequence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnyEvents_Conflated_ComeToTheSameData(int seed)
    {
        var random = new Random(seed);
        var client = await BlockedAsync();
        for (var i = 0; i < 1_500; i++)
        {
            if (random.Next(100) == 0)
            {
                await SendAsync(Board, $"step{i}");
            }
            else
            {
                await PatchAsync(Board, RandomPatch(random, depth: 3).ToJsonString());
            }
        }

        await SettleAsync(Board);
        var (data, custom, last) = (JsonTree.Empty, 0, 2L);
        var head = (await Parts.EventsAsync(Board))[^1].Sequence;
        Assert.Equal(2, (await client.NextAsync()).Sequence);
        while (last < head)
        {
            var next = (await client.NextAsync()).Argument;
            Assert.Equal(last + 1, (next["fromSequence"] ?? next["sequence"])!.GetValue<long>());
            last = next["sequence"]!.GetValue<long>();
            custom += next["name"] is null ? 0 : 1;
            data = next["clear"] is { } clear ? MergePatch.Apply(data, Make.Tree(clear.ToJsonString())) : data;
            data = next["data"] is { } patch && next["name"] is null ? MergePatch.Apply(data, Make.Tree(patch.ToJsonString())) : data;
        }

        Assert.Equal(Make.Tree(await Parts.DataAsync(Board)).Without("filler"), data);
        Assert.Equal((await Parts.EventsAsync(Board)).Count(SessionEventJson.IsCustom), custom);
    }

    private async Task PatchAsync(SessionKey key, string patch, IEventOrigin? origin = null) =>
        Assert.Null((await Parts.PatchAsync(key, patch, origin: origin)).Error);

    /// <summary>A member to whom the event at 2 is being written: what comes next waits.</summary>
    private async Task<TestClient> BlockedAsync()
    {
        var client = new TestClient(ServerParts.Alice, Small);
        await JoinAsync(client, conflate: true);
        Assert.Equal("SessionReset", (await client.NextAsync()).Target);
        await UntilAtTheHeadAsync(client);
        await PatchAsync(Board, Filler);
        await SettleAsync(Board);
        return client;
    }

    /// <summary>The filler, which is not returned, and what follows.</summary>
    private async Task<List<Callback>> ReadToAsync(TestClient client, long last)
    {
        await SettleAsync(Board);
        Assert.Equal(2, (await client.NextAsync()).Sequence);
        var events = new List<Callback>();
        do
        {
            events.Add(await client.NextAsync());
        }
        while (events[^1].Sequence < last);
        return events;
    }

    private static JsonObject RandomPatch(Random random, int depth)
    {
        var patch = new JsonObject();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            patch[$"k{random.Next(5)}"] = random.Next(4) switch
            {
                0 => null,
                1 => random.Next(100),
                2 => new JsonArray(random.Next(3)),
                _ => depth > 1 ? RandomPatch(random, depth - 1) : "text",
            };
        }

        return patch;
    }
}
