using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Tests.Support;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Messages;

/// <summary>What can be read, and is not what it should be, fails alone.</summary>
public sealed class BindingTests
{
    private const string Method = "A6 6D 65 74 68 6F 64";

    [Theory]
    [InlineData(Method, "90")]
    [InlineData(Method, "92 2A 2A")]
    [InlineData(Method, "91 A1 78")]
    [InlineData(Method, "91 CB 3F F8 00 00 00 00 00 00")]
    [InlineData(Method, "91 81 A1 61 01")]
    [InlineData(Method, "91 CB 7F F8 00 00 00 00 00 00")]
    [InlineData("A7 6D 69 73 73 69 6E 67", "91 2A")]
    public void Read_AnInvocationThatDoesNotFit_IsABindingFailure(string target, string arguments)
    {
        foreach (var type in new[] { "01", "04" })
        {
            var message = Assert.IsType<InvocationBindingFailureMessage>(
                Wire.Read($"96 {type} 81 A1 78 A1 79 A3 78 79 7A {target} {arguments} 90"));

            Assert.Equal(("xyz", "y"), (message.InvocationId, message.Headers!["x"]));
            Assert.NotNull(message.BindingFailure.SourceException);
        }
    }

    [Theory]
    [InlineData("CB 7F F8 00 00 00 00 00 00", "invalid_argument: $: holds a number that is not finite. {\"path\":\"$\"}")]
    [InlineData("91 D4 05 00", "invalid_argument: $: holds an extension of the type 5. {\"path\":\"$\"}")]
    [InlineData("A1 FF", "invalid_argument: $: holds text that is not Unicode. {\"path\":\"$\"}")]
    public void Read_AnArgumentThatJsonDoesNotHave_FailsWithACode(string argument, string expected)
    {
        var message = Assert.IsType<InvocationBindingFailureMessage>(Wire.Read($"95 01 80 A1 31 {Method} 91 {argument}"));

        Assert.Equal(expected, Assert.IsType<HubException>(message.BindingFailure.SourceException).Message);
    }

    [Fact]
    public void Read_AWrongNumberOfArguments_SaysBoth()
    {
        var message = Assert.IsType<InvocationBindingFailureMessage>(Wire.Read($"95 01 80 A1 31 {Method} 92 01 02"));

        Assert.Equal("The call has 2 arguments, and the method takes 1.", message.BindingFailure.SourceException.Message);
    }

    [Theory]
    [InlineData("A7 6D 69 73 73 69 6E 67", "92 01 C1")]
    [InlineData(Method, "92 01 D9 05 61")]
    [InlineData(Method, "92 A1 78 C1")]
    public void Read_AFailureBeforeWhatIsNoMessagePack_ThrowsInvalidData(string target, string arguments) =>
        Assert.Throws<InvalidDataException>(() => Wire.Read($"95 01 80 A1 31 {target} {arguments}"));

    [Fact]
    public void Read_AnArgumentAsDeepAsInJson_IsReadAndNoDeeper()
    {
        // The message and its arguments are containers too.
        byte[] Call(int depth) => [.. Hex($"95 01 80 A1 31 {Method} 91"), .. Enumerable.Repeat((byte)0x91, depth), 0x01];

        Assert.IsType<InvocationBindingFailureMessage>(Wire.Read(Call(62)));
        Assert.Throws<InvalidDataException>(() => Wire.Read(Call(63)));
    }

    [Theory]
    [InlineData("A3 78 79 7A", "A1 78")]
    [InlineData("A3 78 79 7A", "CA 7F C0 00 00")]
    [InlineData("A7 75 6E 6B 6E 6F 77 6E", "2A")]
    public void Read_AStreamItemThatDoesNotFit_IsABindingFailure(string id, string item) =>
        Assert.NotNull(Assert.IsType<StreamBindingFailureMessage>(Wire.Read($"94 02 80 {id} {item}")).BindingFailure);

    [Theory]
    [InlineData("A1 78")]
    [InlineData("CA 7F C0 00 00")]
    public void Read_AResultThatDoesNotFit_IsAnError(string result)
    {
        var message = Assert.IsType<CompletionMessage>(Wire.Read($"95 03 80 A3 78 79 7A 03 {result}"));

        Assert.False(message.HasResult);
        Assert.StartsWith("The result is no Int32: ", message.Error, StringComparison.Ordinal);
    }
}
