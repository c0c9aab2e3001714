namespace RealtimeSessions.Protocol.Tests;

public sealed class PositionTests
{
    [Theory]
    [InlineData("a-0", "a", 0)]
    [InlineData("k3x9-17", "k3x9", 17)]
    [InlineData("0123456789abcdefghijklmnopqrstuv-1", "0123456789abcdefghijklmnopqrstuv", 1)]
    [InlineData("a-9223372036854775807", "a", long.MaxValue)]
    public void TryParse_WrittenForm_GivesPosition(string text, string epoch, long sequence)
    {
        Assert.True(Position.TryParse(text, out var position));
        Assert.Equal(new Position(epoch, sequence), position);
        Assert.Equal(text, position.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("a")]
    [InlineData("a-")]
    [InlineData("-1")]
    [InlineData("a--1")]
    [InlineData("a-b-1")]
    [InlineData("A-1")]
    [InlineData("é-1")]
    [InlineData("a b-1")]
    [InlineData(" a-1")]
    [InlineData("a-1 ")]
    [InlineData("a-+1")]
    [InlineData("a-01")]
    [InlineData("a-00")]
    [InlineData("a-1\0")]
    [InlineData("a-1.0")]
    [InlineData("a-1e3")]
    [InlineData("a-0x1")]
    [InlineData("a-١")]
    [InlineData("a-9223372036854775808")]
    [InlineData("0123456789abcdefghijklmnopqrstuvw-1")]
    public void TryParse_AnotherForm_IsRefused(string? text)
    {
        Assert.False(Position.TryParse(text, out var position));
        Assert.Equal(default, position);
    }
}
