using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Hubs;

namespace RealtimeSessions.Server.Tests.Hubs;

public sealed class FrameProtocolTests
{
    private const int Piece = 32 * 1024;

    private static readonly JsonHubProtocol Json = new();
    private static readonly FrameProtocol Frames = new(Json);

    /// <summary>What the framework itself sends.</summary>
    private static readonly Dictionary<string, HubMessage> Messages = new HubMessage[]
    {
        new InvocationMessage("SessionReset", ["a"]),
        new StreamInvocationMessage("1", "Stream", [1]),
        new StreamItemMessage("1", "a"),
        CompletionMessage.WithResult("1", "a"),
        new CancelInvocationMessage("1"),
        PingMessage.Instance,
        new CloseMessage("over", allowReconnect: true),
        new AckMessage(1),
        new SequenceMessage(1),
    }.ToDictionary(message => message.GetType().Name);

    public static TheoryData<string> Others => [.. Messages.Keys];

    [Theory]
    [InlineData(0)]
    [InlineData(1, 1)]
    [InlineData(Piece, Piece)]
    [InlineData(Piece + 1, Piece, 1)]
    [InlineData((2 * Piece) + 4_464, Piece, Piece, 4_464)]
    public async Task WriteMessage_Frames_AreCutWhereTheyAreLargerThanABatchOnly(int length, params int[] pieces)
    {
        var frames = new byte[length];
        new Random(length).NextBytes(frames);

        var written = await WriteAsync(Frames, new FrameMessage(frames));

        Assert.Equal(pieces, written.Select(piece => piece.Length));
        Assert.Equal(frames, written.SelectMany(piece => piece));
    }

    [Fact]
    public async Task WriteMessage_FramesBehindAnotherMessage_AreOnePieceAllTheSame()
    {
        var written = await WriteAsync(Frames, PingMessage.Instance, new FrameMessage(new byte[Piece]));

        Assert.Equal(Piece, written[^1].Length);
    }

    [Fact]
    public async Task GetMessageBytes_Frames_AreThoseThatAreWritten()
    {
        var message = new FrameMessage(Encoding.UTF8.GetBytes(new string('x', Piece + 1)));

        Assert.Equal((await WriteAsync(Frames, message)).SelectMany(piece => piece), Frames.GetMessageBytes(message).ToArray());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task WriteMessage_AnyOtherMessage_IsThatOfTheProtocol(string type)
    {
        var message = Messages[type];

        Assert.Equal((await WriteAsync(Json, message)).SelectMany(piece => piece), (await WriteAsync(Frames, message)).SelectMany(piece => piece));
        Assert.Equal(Json.GetMessageBytes(message).ToArray(), Frames.GetMessageBytes(message).ToArray());
    }

    [Fact]
    public void TryParseMessage_TwoFrames_ReadsOneAfterTheOther()
    {
        var input = new ReadOnlySequence<byte>("""{"type":6}"""u8.ToArray().Append((byte)0x1E)
            .Concat(Json.GetMessageBytes(new CancelInvocationMessage("1")).ToArray()).ToArray());

        Assert.True(Frames.TryParseMessage(ref input, binder: null!, out var first));
        Assert.True(Frames.TryParseMessage(ref input, binder: null!, out var second));
        Assert.False(Frames.TryParseMessage(ref input, binder: null!, out _));

        Assert.IsType<PingMessage>(first);
        Assert.Equal("1", Assert.IsType<CancelInvocationMessage>(second).InvocationId);
        Assert.True(input.IsEmpty);
    }

    [Fact]
    public void Name_VersionAndFormat_AreThoseOfTheProtocol()
    {
        Assert.Equal((Json.Name, Json.Version, Json.TransferFormat), (Frames.Name, Frames.Version, Frames.TransferFormat));
        Assert.All(Enumerable.Range(0, 4), version => Assert.Equal(Json.IsVersionSupported(version), Frames.IsVersionSupported(version)));
    }

    /// <summary>Writes into a pipe, as SignalR does. What a WebSocket sends is one frame for each piece.</summary>
    private static async Task<IReadOnlyList<byte[]>> WriteAsync(IHubProtocol protocol, params HubMessage[] messages)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        foreach (var message in messages)
        {
            protocol.WriteMessage(message, pipe.Writer);
        }

        await pipe.Writer.CompleteAsync();
        var read = await pipe.Reader.ReadAsync();
        var pieces = new List<byte[]>();
        foreach (var piece in read.Buffer)
        {
            pieces.Add(piece.ToArray());
        }

        await pipe.Reader.CompleteAsync();
        return pieces;
    }
}
