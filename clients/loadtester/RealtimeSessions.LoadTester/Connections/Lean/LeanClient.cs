using System.Globalization;
using System.Text;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>
/// A user's connection that keeps no replica: what it is told goes to the session's ledger, which compares it with what others are told. It comes back from where it was, and sends
/// again what has no answer.
/// </summary>
/// <param name="seat">Who it is, and where.</param>
/// <param name="services">What all share.</param>
/// <param name="ledger">The session's ledger.</param>
/// <param name="check">Its own check there.</param>
internal sealed class LeanClient(Seat seat, LeanServices services, SessionLedger ledger, ReaderCheck check) : IVirtualClient
{
    private const long JoinId = 0;
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(30), FirstPatience = TimeSpan.FromSeconds(30), LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _left = new();
    private PendingCalls? _calls;
    private LeanSocket? _socket;
    private TaskCompletionSource? _joining;
    private Task _life = Task.CompletedTask;
    private bool _isJoined;
    private bool _isCut;

    public ReaderCheck Check => check;

    public JsonTree? Replica => null;

    /// <summary>Whether it is in its session.</summary>
    public bool IsJoined => Volatile.Read(ref _isJoined);

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var begun = services.Time.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                _life = LiveAsync(await OpenAsync(cancellationToken));
                return;
            }
            catch (Exception exception) when (exception is IOException or TimeoutException)
            {
                services.Meter.ConnectFailed();
                if (exception is TokenRefusedException || services.Time.GetElapsedTime(begun) > FirstPatience)
                {
                    throw new LoadException($"{seat} cannot be made: {exception.Message}.", exception);
                }
            }

            await Task.Delay(Jitter(pause), services.Time, cancellationToken);
        }
    }

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

    /// <summary>Ends the connection without a word; it comes back at once, from where it was.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            if (_isJoined)
            {
                _isCut = true;
                services.Meter.Cut();
                _socket!.Abort();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        lock (_lock)
        {
            _socket?.Close();
        }

        await _life;
        _left.Dispose();
    }

    private async Task LiveAsync(Task<Exception?> connection)
    {
        while (true)
        {
            await connection;
            lock (_lock)
            {
                _isJoined = false;
            }

            services.Meter.Closed();
            if (_left.IsCancellationRequested)
            {
                return;
            }

            if (!_isCut)
            {
                services.Meter.Lost();
            }

            _isCut = false;
            if (await ReopenAsync() is not { } reopened)
            {
                return;
            }

            connection = reopened;
        }
    }

    private async Task<Task<Exception?>?> ReopenAsync()
    {
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                return await OpenAsync(_left.Token);
            }
            catch (Exception exception) when (exception is IOException or TimeoutException or LoadException)
            {
                services.Meter.ConnectFailed();
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            await Task.Delay(Jitter(pause), services.Time, _left.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_left.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <summary>Connects and joins.</summary>
    /// <returns>Completes when the connection has ended.</returns>
    /// <exception cref="IOException">There is no connection.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    /// <exception cref="LoadException">It refuses the join.</exception>
    private async Task<Task<Exception?>> OpenAsync(CancellationToken cancellationToken)
    {
        var token = await services.Tokens.GetAsync(seat.User, cancellationToken);
        LeanSocket socket;
        try
        {
            socket = new LeanSocket(await services.Endpoint.OpenAsync(token, cancellationToken), services.Codec, OnRecord, services.Meter.Received);
        }
        catch (TokenRefusedException)
        {
            services.Tokens.Refused(seat.User, token);
            throw;
        }

        var joining = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_socket, _joining) = (socket, joining);
        socket.Send(services.Codec.Call(JoinId, "JoinSession", JoinRequest()));
        var connection = WatchAsync(socket, joining);
        try
        {
            await joining.Task.WaitAsync(JoinPatience, services.Time, cancellationToken);
        }
        catch
        {
            socket.Abort();
            await connection;
            throw;
        }

        lock (_lock)
        {
            if (_left.IsCancellationRequested)
            {
                socket.Close();
            }

            _isJoined = true;
            foreach (var call in _calls?.All ?? [])
            {
                socket.Send(call.Record);
            }
        }

        services.Meter.Opened();
        return connection;
    }

    private async Task<Exception?> WatchAsync(LeanSocket socket, TaskCompletionSource joining)
    {
        var turn = services.KeepAlive.Add(socket);
        var end = await socket.ReadAsync();
        services.KeepAlive.Remove(socket, turn);
        joining.TrySetException(end is InvalidDataException ? new LoadException(end.Message, end) : new IOException("the connection ended before the session was joined", end));
        return end;
    }

    private byte[] JoinRequest() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"applicationId":"{{seat.Application}}","sessionId":"{{seat.Session}}","echo":true{{Since()}}}"""));

    private string Since() => check.Epoch is { } epoch
        ? string.Create(CultureInfo.InvariantCulture, $$""","since":{"epoch":"{{epoch}}","sequence":{{ledger.LastOf(check)}}}""")
        : "";

    private void OnRecord(ReadOnlySpan<byte> wire)
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
        else if (check.Epoch is not null && !_joining!.Task.IsCompleted)
        {
            // It was there before, and gets the state instead of what it has missed.
            services.Meter.WasReset();
        }
    }

    private void OnAnswer(in HubRecord record)
    {
        PendingCall? call;
        var error = record.Error is { } text ? Error.Find(text) ?? new Error(ErrorCode.Internal, text) : null;
        lock (_lock)
        {
            call = _calls?.Remove(record.Id);
            if (call is null)
            {
                return;
            }

            if (error is not null)
            {
                _calls!.RenewWriter();
            }
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

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static TimeSpan Jitter(TimeSpan pause) => pause * (0.5 + (Random.Shared.NextDouble() / 2));
}
