using System.Globalization;
using System.Text;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>
/// The calls of one connection that wait for their answers, under the numbers of a writer, so that they can be sent again without being made twice. Not thread-safe.
/// </summary>
/// <param name="seat">Whose calls they are.</param>
/// <param name="codec">How they are written.</param>
/// <param name="run">What the writers' ids of this run begin with.</param>
internal sealed class PendingCalls(Seat seat, HubCodec codec, string run)
{
    private readonly SortedDictionary<long, PendingCall> _calls = [];
    private string _writer = "";
    private ulong _writerHash;
    private int _writers;
    private long _lastNumber;
    private long _lastId;

    /// <summary>Those without an answer, in the order in which they were made.</summary>
    public IEnumerable<PendingCall> All => _calls.Values;

    /// <summary>Takes a call.</summary>
    public PendingCall Add(TraceCall call, long dueAt)
    {
        if (_writer.Length == 0)
        {
            _writer = string.Create(CultureInfo.InvariantCulture, $"{run}-{seat.Number}-{++_writers}");
            _writerHash = Callbacks.Hash(Encoding.ASCII.GetBytes(_writer));
            _lastNumber = 0;
        }

        var (id, number) = (++_lastId, ++_lastNumber);
        var record = codec.Call(id, call.Method, Request(call.Arguments.Span, number));
        var pending = new PendingCall(id, new CallKey(_writerHash, number), dueAt, record);
        _calls.Add(id, pending);
        return pending;
    }

    /// <summary>A call was answered.</summary>
    /// <returns>Null: it is none of these.</returns>
    public PendingCall? Remove(long id) => _calls.Remove(id, out var call) ? call : null;

    /// <summary>A number is open for good, since its call was refused: those that follow take a new writer.</summary>
    public void RenewWriter() => _writer = "";

    private byte[] Request(ReadOnlySpan<byte> arguments, long number)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"applicationId":"{{seat.Application}}","sessionId":"{{seat.Session}}","writerId":"{{_writer}}","writerSequence":{{number}}""");
        var members = arguments[1..^1].Trim(" \t"u8);
        var request = new byte[head.Length + members.Length + (members.IsEmpty ? 1 : 2)];
        var length = Encoding.ASCII.GetBytes(head, request);
        if (!members.IsEmpty)
        {
            request[length++] = (byte)',';
            members.CopyTo(request.AsSpan(length));
        }

        request[^1] = (byte)'}';
        return request;
    }
}

/// <summary>A call without an answer.</summary>
/// <param name="id">Its number on the connection.</param>
/// <param name="key">Its writer and number.</param>
/// <param name="dueAt">When it was due, in the clock's ticks.</param>
/// <param name="record">What is sent.</param>
internal sealed class PendingCall(long id, CallKey key, long dueAt, byte[] record)
    : TaskCompletionSource<Error?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public long Id => id;

    public CallKey Key => key;

    public long DueAt => dueAt;

    public byte[] Record => record;
}
