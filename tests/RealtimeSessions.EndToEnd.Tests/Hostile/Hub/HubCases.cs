using System.Net.WebSockets;
using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>Makes hostile calls of the hub from valid ones.</summary>
internal static class HubCases
{
    public const string End = "\u001e";

    public static HubCase Make(Random random, Stage stage, string id)
    {
        var (method, argument) = random.Pick(HubExamples.Of(stage));
        return random.Next(20) switch
        {
            0 => Several(random, stage, id),
            1 => Cut(random, id, method, argument),
            2 => Free("garbled", random, TextMutations.Mutate(random, Frame(id, method, argument) + End)),
            3 or 4 => Free("envelope", random, HubFrames.Mutate(random, id, method, argument) + End),
            5 => Handshake(random),
            6 => Call("valid", random, id, method, argument),
            _ => Call("argument", random, id, method, JsonMutations.Mutate(random, argument)),
        };
    }

    /// <summary>A call as it should be.</summary>
    public static string Frame(string id, string method, string argument) =>
        $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{argument}}]}""";

    private static HubCase Call(string kind, Random random, string id, string method, string argument)
    {
        var message = new HubMessage(RawText.Encode(Frame(id, method, argument) + End), Type(random));
        return message.IsReadable && argument.Length > 0 ? new HubCase(kind, [message], [id]) : new HubCase($"{kind}, not JSON", [message], []);
    }

    private static HubCase Free(string kind, Random random, string text) =>
        new(kind, [new HubMessage(RawText.Encode(text), Type(random))], []);

    private static WebSocketMessageType Type(Random random) => random.Next(6) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text;

    /// <summary>Several frames in one message: each is answered.</summary>
    private static HubCase Several(Random random, Stage stage, string id)
    {
        var frames = Enumerable.Range(1, random.Next(2, 20)).Select(i =>
        {
            var (method, argument) = random.Pick(HubExamples.Of(stage));
            var mutated = random.Next(2) == 0 ? argument : JsonMutations.Mutate(random, argument);
            var message = new HubMessage(RawText.Encode(Frame($"{id}-{i}", method, mutated) + End));
            return (Id: $"{id}-{i}", Message: message.IsReadable && mutated.Length > 0 ? message : new HubMessage(RawText.Encode(Frame($"{id}-{i}", method, argument) + End)));
        }).ToArray();
        return new HubCase("several", [new HubMessage([.. frames.SelectMany(frame => frame.Message.Bytes)])], [.. frames.Select(frame => frame.Id)]);
    }

    /// <summary>A frame in two messages is one all the same; without its second half it is none.</summary>
    private static HubCase Cut(Random random, string id, string method, string argument)
    {
        var bytes = RawText.Encode(Frame(id, method, argument) + End);
        var at = random.Next(1, bytes.Length);
        var halves = new[] { new HubMessage(bytes[..at]), new HubMessage(bytes[at..]) };
        return random.Next(3) > 0 ? new HubCase("in two", halves, [id]) : new HubCase("half", [random.Pick(halves)], []);
    }

    private static HubCase Handshake(Random random)
    {
        var text = random.Next(3) == 0
            ? TextMutations.Mutate(random, HubFrames.Handshake + End)
            : JsonMutations.Mutate(random, HubFrames.Handshake) + (random.Next(8) == 0 ? "" : End);
        return new HubCase("handshake", [], [], new HubMessage(RawText.Encode(text), Type(random)));
    }
}
