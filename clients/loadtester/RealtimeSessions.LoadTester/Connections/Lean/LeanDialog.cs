using System.Globalization;
using System.Text;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>
/// What one user says to the hub about one session, and is told, over whichever connection there is: the join, the calls, the events. Calls without an answer outlive a connection.
/// </summary>
/// <param name="seat">Who it is, and where.</param>
/// <param name="services">What all share.</param>
/// <param name="ledger">The session's ledger.</param>
/// <param name="check">The user's own check there.</param>
internal sealed class LeanDialog(Seat seat, LeanServices services, SessionLedger ledger, ReaderCheck check)
{
    private const long JoinId = 0;

    private readonly Lock _lock = new();
    private PendingCalls? _calls;
    private LeanSocket? _socket;
    private TaskCompletionSource? _joining;
    private bool _isJoined;
    private bool _isCut;
    private bool _wasThere;

    /// <summary>Begins to speak over a connection, with the join.</summary>
    /// <param name="socket">The connection; nothing is read from it yet.</param>
    /// <returns>Completes when the session is joined, or fails.</returns>
    public TaskCompletionSource Join(LeanSocket socket)
    {
        var joining = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_socket, _joining, _wasThere) = (socket, joining, check.Epoch is not null);
        socket.Send(services.Codec.Call(JoinId, "JoinSession", JoinRequest()));
        return joining;
    }

    /// <summary>The session is joined: what has no answer is sent again, and calls go out from now on.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _isJoined = true;
            foreach (var call in _calls?.All ?? [])
            {
                _socket!.Send(call.Record);
            }
        }

        services.Meter.Opened();
    }

    /// <summary>The connection has ended: calls wait.</summary>
    /// <returns>Whether it was cut on purpose.</returns>
    public bool End()
    {
        services.Meter.Closed();
        lock (_lock)
        {
            var wasCut = _isCut;
            (_isJoined, _isCut) = (false, false);
            return wasCut;
        }
    }

    /// <summary>Cuts the connection, if there is one.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            if (_isJoined && !_isCut)
            {
                _isCut = true;
                services.Meter.Cut();
                _socket!.Abort();
            }
        }
    }

    /// <summary>Closes the connection, if there is one.</summary>
    public void Close() => _socket?.Close();

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="dueAt">When it was due, in the clock's ticks.</param>
    /// <returns>Null when it was made, else why it was refused.</returns>
    public Task<Error?> CallAsync(TraceCall call, long dueAt)
    {
        lock (_lock)
        {
            _calls ??= new PendingCalls(seat, services.Codec, services.Run);
            var pending = _calls.Add(call, dueAt);
            ledger.Sent(pending.Key, dueAt);
            services.Meter.CallSent();
            if (_isJoined)
            {
                _socket!.Send(pending.Record);
            }

            return pending.Task;
        }
    }

    /// <summary>Takes what comes over the connection.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public void OnRecord(ReadOnlySpan<byte> wire)
    {
        if (ledger.TryTakeSame(check, wire))
        {
            return;
        }

        var record = services.Codec.Read(wire);
        switch (record.Kind)
        {
            case HubRecordKind.Invocation:
                OnCallback(record, wire);
                break;
            case HubRecordKind.Completion when record.Id == JoinId:
                OnJoined(record);
                break;
            case HubRecordKind.Completion:
                OnAnswer(record);
                break;
            case HubRecordKind.Close:
                _socket!.Abort();
                break;
        }
    }

    private byte[] JoinRequest() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"applicationId":"{{seat.Application}}","sessionId":"{{seat.Session}}","echo":true{{Since()}}}"""));

    private string Since() => check.Epoch is { } epoch
        ? string.Create(CultureInfo.InvariantCulture, $$""","since":{"epoch":"{{epoch}}","sequence":{{ledger.LastOf(check)}}}""")
        : "";

    private void OnCallback(in HubRecord record, ReadOnlySpan<byte> wire)
    {
        if (record.Target.SequenceEqual("SessionReset"u8))
        {
            var state = Callbacks.ReadState(record.Payload);
            ledger.Reset(check, state.Epoch, state.Sequence, JsonTree.Parse(state.Data, JsonTreeConverter.MaximumDepth));
            _joining!.TrySetResult();
        }
        else if (record.Target.SequenceEqual("SessionLeft"u8))
        {
            // Whatever the reason: it tries to come back, and whether it misses something shows in the end.
            _socket!.Abort();
        }
        else if (!record.Target.StartsWith("SessionPresence"u8) && !record.Target.SequenceEqual("SessionSignal"u8))
        {
            ledger.Take(check, Callbacks.ReadEvent(record.Payload), wire);
        }
    }

    private void OnJoined(in HubRecord record)
    {
        if (record.Error is { } error)
        {
            _joining!.TrySetException(new LoadException($"{seat} may not join: {Error.Find(error)?.ToString() ?? error}"));
        }
        else if (Callbacks.ReadState(record.Payload).IsRecovered)
        {
            services.Meter.ResumedThere();
            _joining!.TrySetResult();
        }
        else if (_wasThere)
        {
            // It gets the state instead of what it has missed.
            services.Meter.WasReset();
        }
    }

    private void OnAnswer(in HubRecord record)
    {
        var error = record.Error is { } text ? Error.Find(text) ?? new Error(ErrorCode.Internal, text) : null;
        if (Remove(record.Id, isRefused: error is not null) is not { } call)
        {
            return;
        }

        if (error is not null)
        {
            ledger.MakesNothing(call.Key);
            services.Meter.CallRefused(error.Code);
        }
        else
        {
            var ack = Callbacks.ReadAck(record.Payload);
            if (ack is { Count: 0, IsDuplicate: false })
            {
                ledger.MakesNothing(call.Key);
            }
            else
            {
                ledger.Acknowledged(call.Key, ack.IsDuplicate ? null : ack.Sequence, ack.Id);
            }

            services.Meter.CallAnswered(services.Time.GetElapsedTime(call.DueAt));
        }

        call.TrySetResult(error);
    }

    private PendingCall? Remove(long id, bool isRefused)
    {
        lock (_lock)
        {
            var call = _calls?.Remove(id);
            if (call is not null && isRefused)
            {
                _calls!.RenewWriter();
            }

            return call;
        }
    }
}
