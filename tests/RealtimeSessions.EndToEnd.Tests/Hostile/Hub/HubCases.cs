using System.Net.WebSockets;
using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>Makes hostile calls of the hub from valid ones.</summary>
internal static class HubCases
{
    private const string End = "\u001e";

    public static HubCase Make(Random random, Stage stage)
    {
        var (method, argument) = random.Pick(HubExamples.Of(stage));
        return random.Next(20) switch
        {
            0 => Several(random, stage),
            1 => Cut(random, method, argument),
            2 => Free("garbled", random, TextMutations.Mutate(random, Frame("1", method, argument) + End)),
            3 or 4 => Free("envelope", random, HubFrames.Mutate(random, method, argument) + End),
            5 => Handshake(random),
            6 => Call("valid", random, method, argument),
            _ => Call("argument", random, method, JsonMutations.Mutate(random, argument)),
        };
    }

    /// <summary>A call as it should be.</summary>
    public static string Frame(string id, string method, string argument) =>
        $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{argument}}]}""";

    private static HubCase Call(string kind, Random random, string method, string argument)
    {
        var message = new HubMessage(RawText.Encode(Frame("1", method, argument) + End), random.Next(8) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text);
        return new HubCase(message.IsReadable ? kind : $"{kind}, not JSON", [message], message.IsReadable ? ["1"] : []);
    }

    private static HubCase Free(string kind, Random random, string text) =>
        new(kind, [new HubMessage(RawText.Encode(text), random.Next(4) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text)], []);

    /// <summary>Several frames in one message: each is answered.</summary>
    private static HubCase Several(Random random, Stage stage)
    {
        var frames = Enumerable.Range(1, random.Next(2, 20)).Select(id =>
        {
            var (method, argument) = random.Pick(HubExamples.Of(stage));
            var mutated = random.Next(2) == 0 ? argument : JsonMutations.Mutate(random, argument);
            var message = new HubMessage(RawText.Encode(Frame($"{id}", method, mutated) + End));
            return (Id: $"{id}", Message: message.IsReadable ? message : new HubMessage(RawText.Encode(Frame($"{id}", method, argument) + End)));
        }).ToArray();
        return new HubCase("several", [new HubMessage([.. frames.SelectMany(frame => frame.Message.Bytes)])], [.. frames.Select(frame => frame.Id)]);
    }

    /// <summary>A frame in two messages is one all the same; without its second half it is none.</summary>
    private static HubCase Cut(Random random, string method, string argument)
    {
        var bytes = RawText.Encode(Frame("1", method, argument) + End);
        var at = random.Next(1, bytes.Length);
        var halves = new[] { new HubMessage(bytes[..at]), new HubMessage(bytes[at..]) };
        return random.Next(3) > 0 ? new HubCase("in two", halves, ["1"]) : new HubCase("half", [random.Pick(halves)], []);
    }

    private static HubCase Handshake(Random random)
    {
        var text = random.Next(3) == 0
            ? TextMutations.Mutate(random, HubFrames.Handshake + End)
            : JsonMutations.Mutate(random, HubFrames.Handshake) + (random.Next(8) == 0 ? "" : End);
        var type = random.Next(4) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        return new HubCase("handshake", [], [], new HubMessage(RawText.Encode(text), type));
    }
}
