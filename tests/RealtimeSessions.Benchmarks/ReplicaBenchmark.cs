using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;
using SessionKey = RealtimeSessions.Server.Sessions.SessionKey;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// What the .NET client does with a patch of another, without a socket and on one thread: from the event's JSON to the folded state, and from the hub's frame to it, over
/// both protocols.
/// </summary>
internal static class ReplicaBenchmark
{
    private const int Patches = 100_000;
    private const int Names = 1_000;
    private const double Target = 200_000;
    private static readonly SessionKey Key = new("demo", "welcome");
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    public static Task RunAsync(Pace pace)
    {
        Console.WriteLine($"replica: {Patches:N0} patches over {Names:N0} names to folded state, one thread; {pace.Rounds} rounds, medians");
        var stored = Enumerable.Range(2, Patches).Select(Stored).ToArray();
        Run("from the event's JSON", [.. stored.Select(Json)], (replica, bytes) =>
            replica.OnEvent(JsonSerializer.Deserialize(bytes.AsSpan(), ProtocolJsonContext.Default.SessionDataUpdated)!));
        foreach (var (protocol, encoder) in new (IHubProtocol, FrameEncoder)[]
        {
            (HubProtocols.Of(Client.RealtimeProtocol.Json), new JsonFrameEncoder()),
            (HubProtocols.Of(Client.RealtimeProtocol.MessagePack), new MessagePackFrameEncoder()),
        })
        {
            Run($"from its frame, {protocol.Name}", [.. stored.Select(next => SessionCallbacks.Event(encoder, Key, next))], (replica, bytes) =>
            {
                var frame = new ReadOnlySequence<byte>(bytes);
                protocol.TryParseMessage(ref frame, Binder.Instance, out var message);
                replica.OnEvent((SessionEvent)((InvocationMessage)message!).Arguments[0]!);
            });
        }

        return Task.CompletedTask;

        void Run(string name, byte[][] events, Action<Replica, byte[]> take)
        {
            var rates = Enumerable.Range(0, pace.Rounds + 1).Select(_ => Rate(events, take)).Skip(1).ToArray();
            var rate = Figures.Median(rates);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-32} {rate,10:N0} patches/s, {events.Average(one => one.Length):N0} bytes each: ≥ {Target:N0} {(rate >= Target ? "met" : "NOT MET")}"));
        }
    }

    private static double Rate(byte[][] events, Action<Replica, byte[]> take)
    {
        var replica = Begin();
        var clock = Stopwatch.StartNew();
        foreach (var next in events)
        {
            take(replica, next);
            replica.TakeOutputs();
        }

        var seconds = clock.Elapsed.TotalSeconds;
        if (replica.Confirmed!.Position.Sequence != events.Length + 1 || replica.View.Members.Count != Names)
        {
            throw new LoadException($"The replica stands at {replica.Confirmed.Position} with {replica.View.Members.Count} members.");
        }

        return events.Length / seconds;
    }

    private static Replica Begin()
    {
        var replica = new Replica(new Client.Replicas.SessionKey(Key.ApplicationId, Key.SessionId), new ReplicaLimits(), () => "w");
        replica.OnConnected();
        replica.OnJoined(recovered: false, "alice");
        replica.OnReset(new SessionReset(
            Key.ApplicationId,
            Key.SessionId,
            new Session
            {
                ApplicationId = Key.ApplicationId, SessionId = Key.SessionId, Name = "Board", Participants = [], CreatedBy = "alice", CreatedAt = Noon,
                ModifiedBy = "alice", ModifiedAt = Noon, Properties = new Dictionary<string, string>(),
            },
            JsonTree.Empty,
            DataSequence: 0,
            new Position("e", 1)));
        return replica;
    }

    private static LogEvent Stored(int sequence) => new(sequence, Guid.CreateVersion7(), Noon, SessionEventJson.Store(new SessionDataUpdated
    {
        UserId = "bob",
        Timestamp = Noon,
        Version = 1,
        WriterId = "q3Xw9fT2",
        WriterSequence = sequence,
        Data = JsonTree.Parse($$$"""{"note-{{{sequence % Names}}}":{"x":{{{sequence}}},"y":{{{sequence % 977}}},"text":"moved by bob"}}"""),
    }));

    /// <summary>The event as members get it.</summary>
    private static byte[] Json(LogEvent next)
    {
        var frame = Encoding.UTF8.GetString(SessionCallbacks.Event(new JsonFrameEncoder(), Key, next));
        using var invocation = JsonDocument.Parse(frame.TrimEnd('\u001e'));
        return Encoding.UTF8.GetBytes(invocation.RootElement.GetProperty("arguments")[0].GetRawText());
    }

    private sealed class Binder : IInvocationBinder
    {
        public static Binder Instance { get; } = new();

        public Type GetReturnType(string invocationId) => throw new NotSupportedException();

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(SessionDataUpdated)];

        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}
