using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Packed;

/// <summary>Connections that speak <c>messagepack</c>, beside others that speak <c>json</c>.</summary>
public abstract class PackedConnectionTests(Deployment deployment) : HubTest(deployment)
{
    /// <summary>Two messages of the type 99, one with an item.</summary>
    private static readonly byte[] Unknown = [0x03, 0x92, 0x63, 0x01, 0x02, 0x91, 0x63];

    private static readonly Dictionary<string, byte[]> Frames = new()
    {
        ["no array"] = [0x01, 0xC0],
        ["empty"] = [0x00],
        ["empty array"] = [0x01, 0x90],
        ["type as text"] = [0x03, 0x91, 0xA1, 0x31],
        ["a byte that begins nothing"] = [0x02, 0x91, 0xC1],
        ["cut off"] = [0x02, 0x92, 0x01],
        ["longer than what it holds"] = [0x03, 0x91, 0x06, 0x00],
        ["headers as text"] = [0x04, 0x92, 0x01, 0xA1, 0x78],
        ["invocation id as number"] = [0x05, 0x95, 0x01, 0x80, 0x01, 0x90],
        ["target that is not Unicode"] = [0x0A, 0x95, 0x01, 0x80, 0xA1, 0x31, 0xA2, 0xC3, 0x28, 0x91, 0x80],
        ["100 deep"] = [0x6F, 0x95, 0x01, 0x80, 0xA1, 0x31, 0xA3, 0x61, 0x62, 0x63, 0x91, .. Enumerable.Repeat((byte)0x91, 100), 0x01],
        ["an array of four billion"] = [0x0B, 0x95, 0x01, 0x80, 0xA1, 0x31, 0xA1, 0x61, 0xDD, 0xFF, 0xFF, 0xFF],
        ["a length of more than 2 GB"] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        ["a length that never ends"] = [0x80, 0x80, 0x80, 0x80, 0x80],
        ["1 MB"] = [0x80, 0x80, 0x40, .. new byte[1024 * 1024]],
    };

    public static TheoryData<string> Cases => [.. Frames.Keys];

    [Fact]
    public async Task Members_OfBothProtocols_HearTheSame()
    {
        var alice = await ConnectAsync("alice");
        var json = await ConnectAsync("bob", Second);
        await using var packed = await PackedAsync("bob");
        var session = await alice.CreateSessionAsync(new { n = 1.5, big = ulong.MaxValue, text = "é😀\u0001" }, "bob");
        await json.JoinAsync(session);
        var joined = await packed.CallAsync("JoinSession", session.With());

        Assert.Null(joined.Error);
        AssertSame(await json.NextAsync("SessionReset"), await packed.NextAsync("SessionReset"));
        await alice.PatchAsync(session, Enumerable.Range(0, 20).ToDictionary(i => $"k{i}", i => i));
        AssertSame(await json.NextAsync("SessionDataUpdated"), await packed.NextAsync("SessionDataUpdated"));
        await packed.CallAsync("PatchSessionData", session.With(new { data = new { k1 = -1, gone = (string?)null, list = new object[] { true, "x" } } }));
        Assert.Equal("{\"gone\":null,\"k1\":-1,\"list\":[true,\"x\"]}", (await json.NextAsync("SessionDataUpdated")).GetProperty("data").GetRawText());
        await alice.SendEventAsync(session, "bell", new[] { 1 });
        AssertSame(await json.NextAsync("SessionEventCreated"), await packed.NextAsync("SessionEventCreated"));
    }

    [Fact]
    public async Task Call_ThatIsRefused_AnswersWithItsCode()
    {
        await using var packed = await PackedAsync("alice");

        var answer = await packed.CallAsync("GetSession", SessionRef.New().With());

        Assert.Contains("HubException: session_not_found: ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithANumberThatIsNotFinite_AnswersInvalidArgumentAndGoesOn()
    {
        await using var packed = await PackedAsync("alice");

        // GetSession with NaN.
        await packed.SendAsync([0x1A, 0x95, 0x01, 0x80, 0xA1, 0x32, 0xAA, .. "GetSession"u8, 0x91, 0xCB, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0]);
        var answer = await packed.NextAnswerAsync();
        var next = await packed.CallAsync("ListApplications", new { });

        Assert.Equal(("2", null), (answer.InvocationId, next.Error));
        Assert.Contains("HubException: invalid_argument: $: holds a number that is not finite. {\"path\":\"$\"}", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ThatSendsAMessageOfAnUnknownType_GoesOn()
    {
        var alice = await ConnectAsync("alice");
        await using var packed = await PackedAsync("alice");
        var session = await alice.CreateSessionAsync();

        await packed.SendAsync(Unknown);
        await packed.CallAsync("JoinSession", session.With());
        await packed.NextAsync("SessionReset");
        await packed.SendAsync(Unknown);
        await alice.SendEventAsync(session, "after");

        Assert.Equal(2, (await packed.NextAsync("SessionEventCreated")).Sequence());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Connection_ThatSendsABrokenFrame_IsClosedAndItsNeighbourGoesOn(string frame)
    {
        var alice = await ConnectAsync("alice");
        await using var neighbour = await PackedAsync("alice");
        await using var broken = await PackedAsync("alice");
        var session = await alice.CreateSessionAsync();
        await neighbour.CallAsync("JoinSession", session.With());
        await broken.CallAsync("JoinSession", session.With());

        await Record.ExceptionAsync(() => broken.SendAsync(Frames[frame]));
        await Record.ExceptionAsync(broken.ReadToEndAsync);

        await alice.SendEventAsync(session, "after");
        await neighbour.NextAsync("SessionReset");
        Assert.Equal(2, (await neighbour.NextAsync("SessionEventCreated")).Sequence());
    }

    /// <summary>Not only when its pings, which are taken for that message, are missed.</summary>
    [Fact]
    public async Task Connection_ThatAnnouncesAMessageBeyondTheLimit_IsClosedAtOnce()
    {
        await using var broken = await PackedAsync("alice");

        await broken.SendAsync([0x80, 0x80, 0x40, 0x96]);

        await broken.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(expected), JsonSerializer.SerializeToNode(actual)), $"{expected}\n{actual}");

    private async Task<PackedConnection> PackedAsync(string user) => await PackedConnection.ConnectAsync(First.Address, await First.SignInAsync(user));

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : PackedConnectionTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : PackedConnectionTests(deployment);
}
