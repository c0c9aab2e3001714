using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RealtimeSessions.MessagePack.Tests.Support;

/// <summary>JSON of any shape, as a serializer writes it.</summary>
internal static class RandomJson
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Pieces = ["a", "é", "€", "😀", "\"", "\\", "\n", "\0", "\u2028", "xyz ", "0123456789abcdef"];

    public static string Make(Random random, int depth = 6) => random.Next(depth == 0 ? 5 : 8) switch
    {
        0 => random.Next(3) switch { 0 => "null", 1 => "true", _ => "false" },
        1 or 2 => Number(random),
        3 or 4 => Text(random),
        5 => $"[{string.Join(',', Enumerable.Range(0, Count(random)).Select(_ => Make(random, depth - 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, Count(random)).Select(_ => $"{Text(random)}:{Make(random, depth - 1)}"))}}}",
    };

    private static int Count(Random random) => random.Next(20) == 0 ? random.Next(14, 19) : random.Next(5);

    private static string Number(Random random)
    {
        var bits = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        return random.Next(4) switch
        {
            0 => ((ulong)bits).ToString(CultureInfo.InvariantCulture),
            1 => JsonSerializer.Serialize(BitConverter.Int64BitsToDouble(bits) is var value && double.IsFinite(value) ? value : 0.5),
            2 => (bits / 100.0).ToString("R", CultureInfo.InvariantCulture),
            _ => bits.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(12) == 0 ? random.Next(80) : random.Next(4); i > 0; i--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return JsonSerializer.Serialize(text.ToString(), random.Next(2) == 0 ? JsonSerializerOptions.Default : Relaxed);
    }
}
