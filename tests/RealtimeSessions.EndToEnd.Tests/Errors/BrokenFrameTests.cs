using System.Net.WebSockets;
using System.Text;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Errors;

/// <summary>What cannot be read ends its sender's connection, and nobody else's.</summary>
public abstract class BrokenFrameTests(Deployment deployment) : HubTest(deployment)
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    private static readonly Dictionary<string, byte[]> Frames = new()
    {
        ["10 MB message"] = Frame(Call($"\"{new string('x', TenMegabytes)}\"")),
        ["10 MB without an end"] = Encoding.UTF8.GetBytes(new string('x', TenMegabytes)),
        ["10 MB of brackets"] = Frame(new string('[', TenMegabytes)),
        ["100 deep"] = Frame(Call(new string('[', 100) + new string(']', 100))),
        ["100 deep members"] = Frame(Call(string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100))),
        ["cut off"] = Frame("{\"type\":1,\"target\":\"GetSession\",\"arguments\":[{"),
        ["no JSON"] = Frame("hello"),
        ["empty"] = Frame(""),
        ["array"] = Frame("[]"),
        ["number"] = Frame("5"),
        ["no type"] = Frame("{}"),
        ["type as text"] = Frame("{\"type\":\"1\"}"),
        ["no target"] = Frame("{\"type\":1,\"invocationId\":\"1\",\"arguments\":[]}"),
        ["arguments as object"] = Frame("{\"type\":1,\"invocationId\":\"1\",\"target\":\"GetSession\",\"arguments\":{}}"),
        ["invocation id as number"] = Frame("{\"type\":1,\"invocationId\":1,\"target\":\"GetSession\",\"arguments\":[{}]}"),
        ["invalid UTF-8"] = [.. Encoding.UTF8.GetBytes("{\"type\":1,\"target\":\"Get"), 0xC3, 0x28, .. Frame("\",\"arguments\":[{}]}")],
    };

    public static TheoryData<string, WebSocketMessageType> Cases
    {
        get
        {
            var cases = new TheoryData<string, WebSocketMessageType>();
            foreach (var name in Frames.Keys)
            {
                cases.Add(name, WebSocketMessageType.Text);
                cases.Add(name, WebSocketMessageType.Binary);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Connection_ThatSendsABrokenFrame_IsClosedAndItsNeighbourGoesOn(string frame, WebSocketMessageType type)
    {
        var alice = await ConnectAsync("alice");
        var neighbour = await ConnectAsync("bob");
        var broken = await ConnectAsync("bob");
        var session = await alice.CreateSessionAsync(null, "bob");
        foreach (var member in new[] { neighbour, broken })
        {
            await member.JoinAsync(session);
            await member.NextAsync("SessionReset");
        }

        await Record.ExceptionAsync(() => broken.SendRawAsync(Frames[frame], type));
        await broken.Closed.WaitAsync(Callbacks.Patience);

        var sent = await alice.SendEventAsync(session, "after");
        Assert.Equal(sent.Sequence(), (await neighbour.NextAsync("SessionEventCreated")).Sequence());
        Assert.Equal(2, (await neighbour.ListEventsAsync(session)).Count);
        Assert.False(neighbour.Closed.IsCompleted);
        Assert.False(alice.Closed.IsCompleted);
    }

    private static string Call(string argument) =>
        "{\"type\":1,\"invocationId\":\"1\",\"target\":\"PatchSessionData\",\"arguments\":[{\"data\":" + argument + "}]}";

    private static byte[] Frame(string text) => Encoding.UTF8.GetBytes(text + "\u001e");

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : BrokenFrameTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : BrokenFrameTests(deployment);
}
