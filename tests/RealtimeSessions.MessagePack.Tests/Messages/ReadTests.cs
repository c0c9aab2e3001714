using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Tests.Support;

namespace RealtimeSessions.MessagePack.Tests.Messages;

/// <summary>Messages as the specification of the hub protocol gives their bytes.</summary>
public sealed class ReadTests
{
    [Theory]
    [InlineData("96 01 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90", "xyz")]
    [InlineData("96 01 80 C0 A6 6D 65 74 68 6F 64 91 2A 90", null)]
    [InlineData("96 01 80 A0 A6 6D 65 74 68 6F 64 91 2A 90", null)]
    [InlineData("95 01 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A", "xyz")]
    [InlineData("98 01 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90 81 01 02 C7 01 05 00", "xyz")]
    [InlineData("DC 00 06 CC 01 DE 00 00 D9 03 78 79 7A D9 06 6D 65 74 68 6F 64 DC 00 01 D3 00 00 00 00 00 00 00 2A DC 00 00", "xyz")]
    public void Read_AnInvocation_HasItsParts(string bytes, string? id)
    {
        var message = Assert.IsType<InvocationMessage>(Wire.Read(bytes));

        Assert.Equal((id, "method"), (message.InvocationId, message.Target));
        Assert.Equal([42], message.Arguments);
        Assert.Null(message.StreamIds);
        Assert.Null(message.Headers);
    }

    [Fact]
    public void Read_AnInvocationWithHeadersAndStreams_HasThem()
    {
        var message = Assert.IsType<InvocationMessage>(
            Wire.Read("96 01 82 A1 78 A1 79 A1 7A A1 7A A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 92 A1 31 A1 32"));

        Assert.Equal(new Dictionary<string, string> { ["x"] = "y", ["z"] = "z" }, message.Headers);
        Assert.Equal(["1", "2"], message.StreamIds!);
    }

    [Fact]
    public void Read_Arguments_AreReadByTheSerializer()
    {
        var message = Assert.IsType<InvocationMessage>(Wire.Read("95 01 80 C0 A3 74 77 6F 92 83 A1 78 03 A1 79 CA 3F 00 00 00 A4 6E 61 6D 65 C0 C4 02 00 01"));

        Assert.Equal([new Point(3, 0.5, null), "AAE="], message.Arguments);
    }

    [Fact]
    public void Read_AStreamInvocation_HasItsParts()
    {
        var message = Assert.IsType<StreamInvocationMessage>(Wire.Read("96 04 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 91 A1 31"));

        Assert.Equal(("xyz", "method"), (message.InvocationId, message.Target));
        Assert.Equal([42], message.Arguments);
        Assert.Equal(["1"], message.StreamIds!);
    }

    [Fact]
    public void Read_AStreamItem_HasItsParts()
    {
        var message = Assert.IsType<StreamItemMessage>(Wire.Read("94 02 81 A1 78 A1 79 A3 78 79 7A 2A"));

        Assert.Equal(("xyz", 42, "y"), (message.InvocationId, message.Item, message.Headers!["x"]));
    }

    [Theory]
    [InlineData("95 03 80 A3 78 79 7A 01 A5 45 72 72 6F 72", "Error", null, false)]
    [InlineData("94 03 80 A3 78 79 7A 02", null, null, false)]
    [InlineData("95 03 80 A3 78 79 7A 03 2A", null, 42, true)]
    [InlineData("95 03 80 A7 75 6E 6B 6E 6F 77 6E 03 92 2A C1", null, null, true, true)]
    [InlineData("95 03 80 A7 75 6E 6B 6E 6F 77 6E 03 92 2A 2A", null, null, true)]
    public void Read_ACompletion_HasItsParts(string bytes, string? error, int? result, bool hasResult, bool isBroken = false)
    {
        if (isBroken)
        {
            Assert.Throws<InvalidDataException>(() => Wire.Read(bytes));
            return;
        }

        var message = Assert.IsType<CompletionMessage>(Wire.Read(bytes));

        Assert.Equal((error, result, hasResult), (message.Error, (int?)message.Result, message.HasResult));
    }

    [Fact]
    public void Read_ACancelInvocation_HasItsId() =>
        Assert.Equal("xyz", Assert.IsType<CancelInvocationMessage>(Wire.Read("93 05 80 A3 78 79 7A")).InvocationId);

    [Theory]
    [InlineData("91 06")]
    [InlineData("92 06 80")]
    public void Read_APing_IsOne(string bytes) => Assert.IsType<PingMessage>(Wire.Read(bytes));

    [Theory]
    [InlineData("91 07", null, false)]
    [InlineData("92 07 C0", null, false)]
    [InlineData("92 07 A3 78 79 7A", "xyz", false)]
    [InlineData("93 07 A3 78 79 7A C3", "xyz", true)]
    [InlineData("93 07 C0 C2", null, false)]
    [InlineData("94 07 C0 C3 A0", null, true)]
    public void Read_AClose_HasItsParts(string bytes, string? error, bool allowReconnect)
    {
        var message = Assert.IsType<CloseMessage>(Wire.Read(bytes));

        Assert.Equal((error, allowReconnect), (message.Error, message.AllowReconnect));
    }

    [Theory]
    [InlineData("92 08 CC 24", 36)]
    [InlineData("92 08 24", 36)]
    [InlineData("93 08 CF 7F FF FF FF FF FF FF FF C0", long.MaxValue)]
    public void Read_AnAck_HasItsNumber(string bytes, long number) => Assert.Equal(number, Assert.IsType<AckMessage>(Wire.Read(bytes)).SequenceId);

    [Fact]
    public void Read_ASequence_HasItsNumber() => Assert.Equal(19, Assert.IsType<SequenceMessage>(Wire.Read("92 09 CC 13")).SequenceId);

    [Theory]
    [InlineData("91 00")]
    [InlineData("91 0A")]
    [InlineData("91 FF")]
    [InlineData("93 63 80 C7 01 05 00")]
    [InlineData("91 CF 7F FF FF FF FF FF FF FF")]
    public void Read_AMessageOfAnUnknownType_IsAsGoodAsAPing(string bytes) => Assert.IsType<PingMessage>(Wire.Read(bytes));

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("C0")]
    [InlineData("80")]
    [InlineData("01")]
    [InlineData("91 C0")]
    [InlineData("91 A1 31")]
    [InlineData("91 CB 3F F0 00 00 00 00 00 00")]
    [InlineData("91 CF FF FF FF FF FF FF FF FF")]
    [InlineData("91 06 00")]
    [InlineData("92 06")]
    [InlineData("92 63 C1")]
    [InlineData("91 01")]
    [InlineData("92 01 C0")]
    [InlineData("92 01 80")]
    [InlineData("94 01 80 C0 A6 6D 65 74 68 6F 64")]
    [InlineData("95 01 81 A1 78 01 C0 A6 6D 65 74 68 6F 64 91 2A")]
    [InlineData("95 01 81 01 A1 78 C0 A6 6D 65 74 68 6F 64 91 2A")]
    [InlineData("95 01 80 01 A6 6D 65 74 68 6F 64 91 2A")]
    [InlineData("95 01 80 C0 C0 91 2A")]
    [InlineData("95 01 80 C0 A0 91 2A")]
    [InlineData("95 01 80 C0 A1 FF 91 2A")]
    [InlineData("95 01 80 A1 FF A6 6D 65 74 68 6F 64 91 2A")]
    [InlineData("95 01 80 C0 A6 6D 65 74 68 6F 64 C0")]
    [InlineData("95 01 80 C0 A6 6D 65 74 68 6F 64 81 01 2A")]
    [InlineData("96 01 80 C0 A6 6D 65 74 68 6F 64 91 2A C0")]
    [InlineData("96 01 80 C0 A6 6D 65 74 68 6F 64 91 2A 91 01")]
    [InlineData("96 04 80 C0 A6 6D 65 74 68 6F 64 91 2A 90")]
    [InlineData("96 04 80 A0 A6 6D 65 74 68 6F 64 91 2A 90")]
    [InlineData("93 02 80 A1 31")]
    [InlineData("93 03 80 A1 31")]
    [InlineData("94 03 80 A1 31 00")]
    [InlineData("94 03 80 A1 31 04")]
    [InlineData("94 03 80 A1 31 01")]
    [InlineData("95 03 80 A1 31 01 2A")]
    [InlineData("95 03 80 A1 31 01 C0")]
    [InlineData("94 03 80 A1 31 03")]
    [InlineData("92 05 80")]
    [InlineData("93 05 80 C0")]
    [InlineData("93 05 80 A0")]
    [InlineData("92 07 01")]
    [InlineData("93 07 C0 01")]
    [InlineData("91 08")]
    [InlineData("92 08 A0")]
    [InlineData("92 09 C0")]
    public void Read_WhatIsNoMessage_ThrowsInvalidData(string bytes) => Assert.Throws<InvalidDataException>(() => Wire.Read(bytes));
}
