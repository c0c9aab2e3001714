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
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(30), FirstPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(5);

    private readonly LeanDialog _dialog = new(seat, services, ledger, check);
    private readonly CancellationTokenSource _left = new();
    private Task _life = Task.CompletedTask;

    public ReaderCheck Check => check;

    public JsonTree? Replica => null;

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

    public Task<Error?> CallAsync(TraceCall call, long dueAt) => _dialog.CallAsync(call, dueAt);

    /// <summary>Ends the connection without a word; it comes back at once, from where it was.</summary>
    public void Cut() => _dialog.Cut();

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _dialog.Close();
        await _life;
        _left.Dispose();
    }

    private async Task LiveAsync(Task connection)
    {
        for (Task? next = connection; next is not null; next = _left.IsCancellationRequested ? null : await ReopenAsync())
        {
            await next;
            if (!_dialog.End() && !_left.IsCancellationRequested)
            {
                services.Meter.Lost();
            }
        }
    }

    /// <summary>Connects again, for as long as it takes.</summary>
    /// <returns>Completes when that connection has ended; null: it was left.</returns>
    private async Task<Task?> ReopenAsync()
    {
        for (var pause = FirstPause; !_left.IsCancellationRequested; pause = Longer(pause))
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
        }

        return null;
    }

    /// <summary>Connects and joins.</summary>
    /// <returns>Completes when the connection has ended.</returns>
    /// <exception cref="IOException">There is no connection.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    /// <exception cref="LoadException">It refuses the join.</exception>
    private async Task<Task> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = await UpgradeAsync(cancellationToken);
        var joining = _dialog.Join(socket);
        var connection = ReadAsync(socket, joining);
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

        _dialog.Begin();
        if (_left.IsCancellationRequested)
        {
            // It was left meanwhile, when this connection was not the one to close yet.
            socket.Close();
        }

        return connection;
    }

    private async Task<LeanSocket> UpgradeAsync(CancellationToken cancellationToken)
    {
        var token = await services.Tokens.GetAsync(seat.User, cancellationToken);
        try
        {
            var upgraded = await services.Endpoint.OpenAsync(token, cancellationToken);
            return new LeanSocket(upgraded, services.Codec, _dialog.OnRecord, services.Meter.Received, services.Time);
        }
        catch (TokenRefusedException)
        {
            services.Tokens.Refused(seat.User, token);
            throw;
        }
    }

    private async Task ReadAsync(LeanSocket socket, TaskCompletionSource joining)
    {
        var turn = services.KeepAlive.Add(socket);
        var end = await socket.ReadAsync();
        services.KeepAlive.Remove(socket, turn);
        joining.TrySetException(end is InvalidDataException
            ? new LoadException(end.Message, end)
            : new IOException("the connection ended before the session was joined", end));
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static TimeSpan Jitter(TimeSpan pause) => pause * (0.5 + (Random.Shared.NextDouble() / 2));
}
