using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Hubs;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>A callback as a client got it.</summary>
internal sealed record Callback(string Target, JsonNode Argument)
{
    public long Sequence => Argument["sequence"]!.GetValue<long>();
}

/// <summary>A hub connection on a pair of pipes, read by the test.</summary>
internal sealed class TestClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Pipe _sent;

    /// <param name="caller">Who is connected.</param>
    /// <param name="buffer">How many bytes may wait unread before writes stop completing.</param>
    public TestClient(Caller caller, long buffer = 64 * 1024 * 1024)
    {
        _sent = new Pipe(new PipeOptions(pauseWriterThreshold: buffer, resumeWriterThreshold: buffer / 2, useSynchronizationContext: false));
        var received = new Pipe();
        var transport = new DuplexPipe(received.Reader, _sent.Writer);
        var connection = new DefaultConnectionContext(Guid.NewGuid().ToString(), transport, new DuplexPipe(_sent.Reader, received.Writer));
        Context = new RecordingContext(connection, Written)
        {
            Protocol = new FrameProtocol(new JsonHubProtocol()),
        };
        Connection = new ClientConnection(Context, caller);
    }

    public HubConnectionContext Context { get; }

    /// <summary>What was written, as it was handed over.</summary>
    public ConcurrentQueue<FrameMessage> Written { get; } = new();

    public ClientConnection Connection { get; }

    /// <summary>The next callback.</summary>
    public async Task<Callback> NextAsync()
    {
        var frame = await NextFrameAsync();
        return new Callback(frame["target"]!.GetValue<string>(), frame["arguments"]![0]!.DeepClone());
    }

    /// <summary>The next message of any kind.</summary>
    public async Task<JsonNode> NextFrameAsync()
    {
        while (true)
        {
            var read = await _sent.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            if (read.Buffer.PositionOf((byte)0x1E) is { } end)
            {
                var frame = JsonNode.Parse(read.Buffer.Slice(0, end).ToArray())!;
                _sent.Reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return frame;
            }

            Assert.False(read.IsCompleted, "The connection has ended.");
            _sent.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The next callbacks.</summary>
    public async Task<IReadOnlyList<Callback>> NextAsync(int count)
    {
        var callbacks = new List<Callback>();
        while (callbacks.Count < count)
        {
            callbacks.Add(await NextAsync());
        }

        return callbacks;
    }

    /// <summary>Fails if something was written that was not read.</summary>
    public async Task AssertNothingMoreAsync()
    {
        var json = new JsonFrameEncoder();
        await Context.WriteAsync(new FrameMessage(json.Encode("Mark", "{}"u8)));
        Assert.Equal("Mark", (await NextAsync()).Target);
    }

    private sealed class RecordingContext(ConnectionContext connection, ConcurrentQueue<FrameMessage> written)
        : HubConnectionContext(connection, new HubConnectionContextOptions(), NullLoggerFactory.Instance)
    {
        public override ValueTask WriteAsync(HubMessage message, CancellationToken cancellationToken = default)
        {
            written.Enqueue((FrameMessage)message);
            return base.WriteAsync(message, cancellationToken);
        }
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
