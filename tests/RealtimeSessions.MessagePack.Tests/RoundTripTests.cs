using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Tests.Support;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests;

/// <summary>What comes back is what was given.</summary>
public sealed class RoundTripTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(3_000);
    private static readonly Gen<string> Texts = Gen.Choose(0, int.MaxValue).Select(seed => RandomJson.Make(new Random(seed)));

    [Fact]
    public void Json_ThereAndBack_MeansTheSame() => Check.One(Config, Prop.ForAll(Arb.From(Texts), text =>
    {
        var packed = Pack(text);
        AssertSame(text, Unpack(packed));
        Assert.Equal(packed, Pack(Unpack(packed)));
        Assert.True(packed.Length <= Math.Max(9, 4.5 * text.Length));
    }));

    [Fact]
    public void Integers_ThereAndBack_AreTheSame() => Check.One(Config, Prop.ForAll<long, ulong>((signed, unsigned) =>
    {
        var text = $"[{signed.ToString(CultureInfo.InvariantCulture)},{unsigned.ToString(CultureInfo.InvariantCulture)}]";
        Assert.Equal(text, Unpack(Pack(text)));
    }));

    [Fact]
    public void Floats_ThereAndBack_AreTheSame() => Check.One(Config, Prop.ForAll<NormalFloat>(number =>
    {
        var text = JsonSerializer.Serialize(number.Get);
        Assert.Equal(number.Get, double.Parse(Unpack(Pack(text)), CultureInfo.InvariantCulture));
    }));

    [Fact]
    public void Messages_ThereAndBack_AreTheSame() => Check.One(Config, Prop.ForAll<int, NormalFloat, int>((x, y, seed) =>
    {
        var point = new Point(x, seed % 2 == 0 ? y.Get : null, RandomJson.Make(new Random(seed)));
        var bytes = Wire.Protocol.GetMessageBytes(new InvocationMessage("1", "two", [point, "text"]));
        var input = Wire.Segments(bytes.ToArray(), 5);

        Assert.True(Wire.Protocol.TryParseMessage(ref input, Binder.Instance, out var message));
        Assert.Equal([point, "text"], Assert.IsType<InvocationMessage>(message).Arguments);
    }));

    /// <summary>Members may appear twice, which a node does not take, and a number may have another text.</summary>
    private static void AssertSame(string expected, string actual)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        AssertSame(left.RootElement, right.RootElement);
    }

    private static void AssertSame(JsonElement expected, JsonElement actual)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Number when expected.TryGetInt64(out _) || expected.TryGetUInt64(out _):
                Assert.Equal(expected.GetDecimal(), actual.GetDecimal());
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), actual.GetDouble());
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.GetString());
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                Assert.All(expected.EnumerateArray().Zip(actual.EnumerateArray()), pair => AssertSame(pair.First, pair.Second));
                break;
            case JsonValueKind.Object:
                var (members, others) = (expected.EnumerateObject().ToArray(), actual.EnumerateObject().ToArray());
                Assert.Equal(members.Select(member => member.Name), others.Select(member => member.Name));
                Assert.All(members.Zip(others), pair => AssertSame(pair.First.Value, pair.Second.Value));
                break;
        }
    }
}
