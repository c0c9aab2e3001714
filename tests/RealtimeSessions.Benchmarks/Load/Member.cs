using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RealtimeSessions.Benchmarks.Load.Dialects;
using RealtimeSessions.Benchmarks.Load.Wire;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>A connection that is in one session. It checks that every event comes once and in order, and counts them.</summary>
/// <param name="dialect">How the hub is spoken to.</param>
/// <param name="session">The session's id.</param>
/// <param name="seat">Its number among the session's members.</param>
/// <param name="verdict">Where a failure goes.</param>
internal sealed class Member(Dialect dialect, string session, int seat, Verdict verdict) : IRecordTarget
{
    private const int MaximumOutstanding = 64 * 1024;
    private const int TypePlace = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<string>> _calls = new();
    private readonly Lock _sending = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastCall;
    private bool[] _outstanding = [];
    private HubWire? _wire;

    public string Session => session;

    public int Seat => seat;

    public HubWire Wire => _wire!;

    /// <summary>Events received.</summary>
    public long Events { get; private set; }

    /// <summary>Patches sent.</summary>
    public long Patches { get; private set; }

    /// <summary>Patches answered.</summary>
    public long Answers { get; private set; }

    /// <summary>When the last event came, in the stopwatch's ticks.</summary>
    public long LastEventAt { get; private set; }

    /// <summary>The sequence of the last event, where the hub has sequences.</summary>
    public long Sequence { get; set; }

    /// <summary>The last number of each of the session's writers, where the hub has no sequences.</summary>
    public long[] LastOfWriters { get; set; } = [];

    /// <summary>Where the times of sending and receipt go; null: nowhere. Set before a load begins.</summary>
    public Latencies? Latencies { get; set; }

    /// <summary>What an answered patch leads to; set before a load begins.</summary>
    public Action<Member>? Answered { get; set; }

    /// <summary>Connects and joins the session.</summary>
    public async Task JoinAsync(Uri server, string? token, int bufferBytes)
    {
        _wire = await HubWire.OpenAsync(server, dialect.Path(token), this, bufferBytes);
        await dialect.JoinAsync(this);
        await _ready.Task.WaitAsync(Patience);
    }

    /// <summary>The session's state is here: events may follow.</summary>
    public void Ready() => _ready.TrySetResult();

    /// <summary>Calls a method that is no patch.</summary>
    /// <returns>The whole answer.</returns>
    public async Task<string> CallAsync(string method, string arguments)
    {
        var id = Interlocked.Decrement(ref _lastCall);
        var answer = _calls.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        Wire.Send(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":{{arguments}}}{{'\u001e'}}""")));
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>Says that the connection lives.</summary>
    public void Ping() => _wire?.Send("{\"type\":6}\u001e"u8);

    /// <summary>Sends the next patch. Several threads may, and the numbers go out in their order.</summary>
    /// <param name="at">When, in the stopwatch's ticks; 0: now.</param>
    public void SendPatch(long at = 0)
    {
        Span<byte> buffer = stackalloc byte[512];
        lock (_sending)
        {
            _outstanding = _outstanding.Length == 0 ? new bool[MaximumOutstanding] : _outstanding;
            ref var outstanding = ref _outstanding[++Patches % MaximumOutstanding];
            if (outstanding)
            {
                verdict.Fail($"A connection has {MaximumOutstanding} patches without an answer.");
            }

            outstanding = true;
            Latencies?.Sent(Patches, at == 0 ? Stopwatch.GetTimestamp() : at);
            var length = dialect.WritePatch(this, Patches, buffer[FrameWriter.HeaderRoom..]);
            Wire.SendFrame(FrameWriter.Text, buffer[..(FrameWriter.HeaderRoom + length)]);
        }
    }

    public void OnRecord(ReadOnlySpan<byte> record)
    {
        if (record.Length <= TypePlace)
        {
            // The answer to SignalR's handshake.
            return;
        }

        switch (record[TypePlace])
        {
            case (byte)'1':
                dialect.Take(this, record);
                break;
            case (byte)'3':
                OnAnswer(record);
                break;
            case (byte)'7':
                verdict.Fail($"The server closed a connection: {Encoding.UTF8.GetString(record)}");
                break;
        }
    }

    public void OnControl(int kind, ReadOnlySpan<byte> payload)
    {
        if (kind == FrameWriter.Ping)
        {
            Span<byte> buffer = stackalloc byte[FrameWriter.HeaderRoom + payload.Length];
            payload.CopyTo(buffer[FrameWriter.HeaderRoom..]);
            Wire.SendFrame(FrameWriter.Pong, buffer);
        }
    }

    public void OnEnd() => verdict.Fail($"The connection of member {seat} of {session} ended.");

    /// <summary>Counts an event that came in its order.</summary>
    public void Count(ReadOnlySpan<byte> record)
    {
        Events++;
        LastEventAt = Stopwatch.GetTimestamp();
        Latencies?.Received(Dialect.PatchNumber(record), LastEventAt);
    }

    /// <summary>Fails the run for an event that came out of its order.</summary>
    public void Disorder(long expected, long got) =>
        verdict.Fail($"Member {seat} of {session} got {got} where {expected} was next.");

    private void OnAnswer(ReadOnlySpan<byte> record)
    {
        var rest = record["{\"type\":3,\"invocationId\":\""u8.Length..];
        if (!Utf8Parser.TryParse(rest, out long id, out var digits) || rest[digits..].StartsWith("\",\"error\""u8))
        {
            verdict.Fail($"A call was refused: {Encoding.UTF8.GetString(record)}");
        }
        else if (id < 0)
        {
            _calls.TryRemove(id, out var call);
            call?.TrySetResult(Encoding.UTF8.GetString(record));
        }
        else if (!_outstanding[id % MaximumOutstanding])
        {
            verdict.Fail($"The call {id} was answered twice.");
        }
        else
        {
            _outstanding[id % MaximumOutstanding] = false;
            Answers++;
            Answered?.Invoke(this);
        }
    }
}
