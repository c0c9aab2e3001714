using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using RealtimeSessions.Benchmarks.Load.Dialects;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Load.Wire;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>
/// A user of a session: a connection at a time, and what of the session has come over them. It checks that every event comes once and in
/// order, and counts them.
/// </summary>
/// <param name="dialect">How the hub is spoken to.</param>
/// <param name="session">The session's id.</param>
/// <param name="seat">Its number among the session's members.</param>
/// <param name="verdict">Where a failure goes.</param>
internal sealed class Member(Dialect dialect, string session, int seat, Verdict verdict) : IRecordTarget
{
    private const int TypePlace = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<string>> _calls = new();
    private readonly PatchCalls _patches = new();
    private readonly Lock _sending = new();
    private TaskCompletionSource _ready = new();
    private long _lastCall;
    private HubWire? _wire;
    private (long Bytes, long Reads) _received;

    public string Session => session;

    public int Seat => seat;

    /// <summary>What it is at present.</summary>
    public Presence Presence { get; set; } = Presence.Away;

    /// <summary>The last word about its membership, if the hub has ended that.</summary>
    public string? LeftBecause { get; private set; }

    /// <summary>Events received.</summary>
    public long Events { get; private set; }

    /// <summary>Patches sent.</summary>
    public long Patches => _patches.Sent;

    /// <summary>Whether all its patches were answered.</summary>
    public bool IsAnswered => _patches.Answered == _patches.Sent;

    /// <summary>What its answers say of its patches' places, where that is what is checked.</summary>
    public Places Places { get; } = new();

    /// <summary>When the last event or answer came, in the stopwatch's ticks.</summary>
    public long LastAt { get; private set; }

    /// <summary>The log's epoch, where the hub has such; null before the first join.</summary>
    public string? Epoch { get; set; }

    /// <summary>The sequence of the last event, where the hub has sequences.</summary>
    public long Sequence { get; set; }

    /// <summary>The last number of each of the session's writers, where the hub has no sequences.</summary>
    public long[] LastOfWriters { get; set; } = [];

    /// <summary>Where the times of sending and receipt go; null: nowhere. Set before a load begins.</summary>
    public Latencies? Latencies { get; set; }

    /// <summary>What an answered patch leads to; set before a load begins.</summary>
    public Action<Member>? Answered { get; set; }

    /// <summary>Bytes that all its connections have received, and reads that brought them.</summary>
    public (long Bytes, long Reads) Received => (_received.Bytes + (_wire?.BytesReceived ?? 0), _received.Reads + (_wire?.Reads ?? 0));

    /// <summary>Connects and joins the session, or comes back into it.</summary>
    /// <param name="connect">Where and how.</param>
    /// <param name="receiveBuffer">The socket's receive buffer in bytes; null leaves it to the system.</param>
    public async Task JoinAsync(ConnectOrder connect, int? receiveBuffer)
    {
        _received = Received;
        (_ready, LeftBecause, Presence) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null, Presence.Here);
        _wire = await HubWire.OpenAsync(connect.Server, connect.Token, this, connect.BufferBytes, receiveBuffer);
        await dialect.JoinAsync(this);
        await verdict.WaitAsync(_ready.Task, Patience);
    }

    /// <summary>The session's state is here: events may follow.</summary>
    public void Ready() => _ready.TrySetResult();

    /// <summary>Stops reading.</summary>
    public void Pause()
    {
        Presence = Presence.Silent;
        _wire!.Pause();
    }

    /// <summary>Reads on.</summary>
    public void Resume() => _wire!.Resume();

    /// <summary>Ends the connection without a word.</summary>
    public void Cut()
    {
        Presence = Presence.Away;
        _wire!.Dispose();
    }

    /// <summary>Calls a method that is no patch.</summary>
    /// <returns>The whole answer.</returns>
    public async Task<string> CallAsync(string method, string arguments)
    {
        var id = Interlocked.Decrement(ref _lastCall);
        var answer = _calls.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        _wire!.Send(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":{{arguments}}}{{'\u001e'}}""")));
        await verdict.WaitAsync(answer.Task, Patience);
        return await answer.Task;
    }

    /// <summary>Says that the connection lives.</summary>
    public void Ping()
    {
        try
        {
            if (Presence != Presence.Away)
            {
                _wire?.Send("{\"type\":6}\u001e"u8);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection has ended; whoever reads it hears of it.
        }
    }

    /// <summary>Sends the next patch. Several threads may, and the numbers go out in their order.</summary>
    /// <param name="at">When, in the stopwatch's ticks; 0: now.</param>
    public void SendPatch(long at = 0)
    {
        Span<byte> buffer = stackalloc byte[512];
        lock (_sending)
        {
            if (!_patches.TryBegin(out var number))
            {
                Fail("has too many patches without an answer");
                return;
            }

            Latencies?.Sent(number, at == 0 ? Stopwatch.GetTimestamp() : at);
            var length = dialect.WritePatch(this, number, buffer[FrameWriter.HeaderRoom..]);
            _wire!.SendFrame(FrameWriter.Text, buffer[..(FrameWriter.HeaderRoom + length)]);
        }
    }

    /// <summary>What it must have received once all patches of its session have been made.</summary>
    public long Due(long made) => dialect.Due(this, made);

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
                OnEnd(Encoding.UTF8.GetString(record));
                break;
        }
    }

    public void OnControl(int kind, ReadOnlySpan<byte> payload)
    {
        if (kind == FrameWriter.Ping)
        {
            Span<byte> buffer = stackalloc byte[FrameWriter.HeaderRoom + payload.Length];
            payload.CopyTo(buffer[FrameWriter.HeaderRoom..]);
            _wire!.SendFrame(FrameWriter.Pong, buffer);
        }
    }

    public void OnEnd() => OnEnd("the connection ended");

    /// <summary>The hub has ended the membership.</summary>
    public void Leave(string reason)
    {
        LeftBecause ??= reason;
        if (Presence == Presence.Here)
        {
            Fail($"was put out: {reason}");
        }
    }

    /// <summary>Counts an event that came in its order.</summary>
    public void Count(ReadOnlySpan<byte> record)
    {
        Events++;
        LastAt = Stopwatch.GetTimestamp();
        Latencies?.Received(Dialect.PatchNumber(record), LastAt);
    }

    /// <summary>Fails the run for an event that came out of its order.</summary>
    public void Disorder(long expected, long got) => Fail($"got {got} where {expected} was next");

    /// <summary>Fails the run.</summary>
    public void Fail(string failure) => verdict.Fail($"Member {seat} of {session} {failure}.");

    private void OnEnd(string reason)
    {
        if (Presence != Presence.Away)
        {
            Leave(reason);
        }
    }

    private void OnAnswer(ReadOnlySpan<byte> record)
    {
        if (PatchCalls.ReadId(record) is not { } id)
        {
            Fail($"was refused a call: {Encoding.UTF8.GetString(record)}");
        }
        else if (id < 0)
        {
            _calls.TryRemove(id, out var call);
            call?.TrySetResult(Encoding.UTF8.GetString(record));
        }
        else if (_patches.TryEnd(id))
        {
            LastAt = Stopwatch.GetTimestamp();
            dialect.TakeAnswer(this, record);
            Answered?.Invoke(this);
        }
        else
        {
            Fail($"got two answers to patch {id}");
        }
    }
}
