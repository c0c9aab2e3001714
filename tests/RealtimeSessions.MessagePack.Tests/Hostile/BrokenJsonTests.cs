using System.Text.Json;
using RealtimeSessions.MessagePack.Tests.Support;
using RealtimeSessions.MessagePack.Writing;

namespace RealtimeSessions.MessagePack.Tests.Hostile;

/// <summary>The scanner is for text that is right; what is not right does not lead it out of bounds all the same.</summary>
public sealed class BrokenJsonTests
{
    private static readonly byte[] Likely = [.. "\"\\{}[],:-.0e1nt \u001f"u8];

    [Fact]
    public void Write_AnyBrokenText_IsWrittenOrRefused()
    {
        for (var seed = MutationScale.FirstSeed; seed < MutationScale.FirstSeed + MutationScale.Mutants; seed++)
        {
            var random = new Random(seed);
            var json = Bytes.Utf8(RandomJson.Make(random));
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                json[random.Next(json.Length)] = random.Next(2) == 0 ? Likely[random.Next(Likely.Length)] : (byte)random.Next(256);
            }

            AssertWrittenOrRefused(seed, json.AsSpan(0, random.Next(3) == 0 ? random.Next(json.Length) : json.Length));
        }
    }

    private static void AssertWrittenOrRefused(int seed, ReadOnlySpan<byte> json)
    {
        using var writer = MessagePackWriter.Rent();
        try
        {
            writer.WriteJson(json);
            writer.WriteMembers(json);
        }
        catch (JsonException)
        {
            // It is refused.
        }
        catch (Exception exception)
        {
            Assert.Fail($"The text {seed} ({Convert.ToHexString(json)}): {exception}");
        }
    }
}
