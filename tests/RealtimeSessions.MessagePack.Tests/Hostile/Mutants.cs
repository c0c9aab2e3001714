using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Tests.Support;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Hostile;

/// <summary>Frames that were right before somebody changed them.</summary>
internal static class Mutants
{
    /// <summary>Bytes that begin something, lengths among them that promise much.</summary>
    private static readonly byte[][] Scraps =
    [
        Hex("C1"), Hex("DD FF FF FF FF"), Hex("DF FF FF FF FF"), Hex("DF 7F FF FF FF"), Hex("DB FF FF FF FF"), Hex("C6 7F FF FF FF"), Hex("C9 FF FF FF FF 01"),
        Hex("DC FF FF"), Hex("DE FF FF"), Hex("DA 01 00"), Hex("C7 0C FF"), Hex("D6 FF 00 00 00 00"), Hex("CB 7F F8 00 00 00 00 00 00"), Hex("CA FF 80 00 00"),
        Hex("CF FF FF FF FF FF FF FF FF"), Hex("D3 80 00 00 00 00 00 00 00"), Hex("A3 ED A0 80"), Hex("C0"), Hex("90"), Hex("80"), Hex("A0"), Hex("D4 05 00"),
        [.. Enumerable.Repeat((byte)0x91, 70)], [.. Enumerable.Repeat((byte)0x81, 70)],
    ];

    /// <summary>Some frames in a row, changed in a few places.</summary>
    public static byte[] Make(Random random)
    {
        var frames = Enumerable.Range(0, random.Next(1, 4)).SelectMany(_ => Valid(random)).ToList();
        for (var i = random.Next(1, 6); i > 0 && frames.Count > 0; i--)
        {
            Mutate(random, frames);
        }

        return [.. frames];
    }

    private static byte[] Valid(Random random)
    {
        HubMessage message = random.Next(9) switch
        {
            0 => new StreamInvocationMessage("xyz", "method", [random.Next()], ["1"]),
            1 => new StreamItemMessage("xyz", random.Next()),
            2 => CompletionMessage.WithResult("xyz", random.Next()),
            3 => CompletionMessage.WithError("xyz", "Error"),
            4 => new CancelInvocationMessage("xyz"),
            5 => new CloseMessage("over", allowReconnect: true),
            6 => new AckMessage(random.Next()),
            _ => new InvocationMessage("1", "two", [new Point(random.Next(), 0.5, "name"), "text"]) { Headers = new Dictionary<string, string> { ["a"] = "b" } },
        };
        return random.Next(3) > 0
            ? Wire.Protocol.GetMessageBytes(message).ToArray()
            : Frame([0x95, 0x01, 0x80, 0xA1, 0x31, 0xA3, .. "two"u8, 0x92, .. Pack(RandomJson.Make(random)), .. Pack(RandomJson.Make(random))]);
    }

    private static void Mutate(Random random, List<byte> bytes)
    {
        var place = random.Next(bytes.Count);
        switch (random.Next(7))
        {
            case 0:
                bytes[place] = (byte)random.Next(256);
                break;
            case 1:
                bytes[place] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(place, Math.Min(random.Next(1, 8), bytes.Count - place));
                break;
            case 3:
                bytes.InsertRange(place, Scraps[random.Next(Scraps.Length)]);
                break;
            case 4:
                bytes.InsertRange(place, bytes.GetRange(place, Math.Min(random.Next(1, 20), bytes.Count - place)));
                break;
            case 5:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            default:
                Reframe(random, bytes, place);
                break;
        }
    }

    /// <summary>Puts something into the first message, and makes its length true again: so it is read to where it is wrong.</summary>
    private static void Reframe(Random random, List<byte> bytes, int place)
    {
        var end = bytes.FindIndex(b => b < 0x80);
        var message = bytes[(end + 1)..];
        message.InsertRange(Math.Min(place, message.Count), Scraps[random.Next(Scraps.Length)]);
        bytes.Clear();
        bytes.AddRange(Frame([.. message]));
    }
}
