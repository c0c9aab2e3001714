using Microsoft.Extensions.Logging;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Connecting;

/// <summary>Keeps a connection: makes it when it is first asked for, and anew whenever it is lost, until it is closed.</summary>
/// <param name="options">The client's options.</param>
/// <param name="open">Makes a connection.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says what happens.</param>
internal sealed partial class ConnectionLoop(
    RealtimeClientOptions options, Func<CancellationToken, Task<HubLink>> open, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource<HubLink> _connected = NewPromise();
    private Task _running = Task.CompletedTask;

    /// <summary>Called with each state, in order and one after the other.</summary>
    public required Action<ConnectionState, HubLink?> Changed { get; init; }

    public ConnectionState State { get; private set; }

    /// <summary>The connection; waits for it, and asks for it if nobody has.</summary>
    /// <exception cref="RealtimeException"><see cref="ClientErrors.ConnectionFailed"/>: the first one could not be made in time, or the client is closed.</exception>
    public Task<HubLink> ConnectedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (State == ConnectionState.Closed)
            {
                throw new RealtimeException(new Error(ClientErrors.ConnectionFailed, "The client is closed."));
            }

            if (State == ConnectionState.Disconnected)
            {
                _connected = NewPromise();
                State = ConnectionState.Connecting;
                _running = Task.Run(RunAsync, CancellationToken.None);
            }

            return _connected.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Closes the connection for good.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            if (State == ConnectionState.Closed)
            {
                return;
            }

            State = ConnectionState.Closed;
            running = _running;
        }

        await _closing.CancelAsync();
        await running;
        _connected.TrySetException(new RealtimeException(new Error(ClientErrors.ConnectionFailed, "The client was closed.")));
        _ = _connected.Task.Exception;
        Changed(ConnectionState.Closed, null);
    }

    private async Task RunAsync()
    {
        Changed(ConnectionState.Connecting, null);
        try
        {
            if (await ConnectFirstAsync() is { } link)
            {
                await KeepAsync(link);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Closed.
        }
    }

    private async Task<HubLink?> ConnectFirstAsync()
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _closing.Token);
        Exception? last = null;
        try
        {
            return await ConnectAsync(exception => last = exception, either.Token);
        }
        catch (OperationCanceledException) when (!_closing.IsCancellationRequested)
        {
            Move(ConnectionState.Disconnected, null);
            var error = new Error(ClientErrors.ConnectionFailed, $"No connection within {options.ConnectTimeout.TotalSeconds} s. {last?.Message}".TrimEnd());
            _connected.SetException(new RealtimeException(error, last));
            _ = _connected.Task.Exception;
            return null;
        }
    }

    private async Task KeepAsync(HubLink link)
    {
        while (true)
        {
            try
            {
                Move(ConnectionState.Connected, link);
                _connected.TrySetResult(link);
                var reason = await link.Ended.WaitAsync(_closing.Token);
                LogLost(logger, reason?.Message ?? "the server closed it");
            }
            finally
            {
                await link.DisposeAsync();
            }

            _connected = NewPromise();
            Move(ConnectionState.Reconnecting, null);
            link = await ConnectAsync(_ => { }, _closing.Token);
        }
    }

    /// <summary>Tries until there is a connection.</summary>
    private async Task<HubLink> ConnectAsync(Action<Exception> failed, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            await Task.Delay(PauseBefore(attempt), time, cancellationToken);
            try
            {
                return await open(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                failed(exception);
                LogFailed(logger, exception.Message);
            }
        }
    }

    /// <summary>
    /// Random, so that many clients of a server that comes back do not come at the same moment. The first attempt after a loss follows almost at once.
    /// </summary>
    private TimeSpan PauseBefore(int attempt)
    {
        var bound = attempt == 0 ? 0.1 : Math.Min(0.25 * Math.Pow(2, Math.Min(attempt - 1, 20)), options.MaximumReconnectDelay.TotalSeconds);
        return State == ConnectionState.Connecting && attempt == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(bound * Random.Shared.NextDouble());
    }

    private void Move(ConnectionState state, HubLink? link)
    {
        lock (_lock)
        {
            if (State == ConnectionState.Closed)
            {
                return;
            }

            State = state;
        }

        Changed(state, link);
    }

    private static TaskCompletionSource<HubLink> NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(5000, LogLevel.Information, "The connection was lost: {Reason}. Another is tried.")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(5001, LogLevel.Warning, "No connection could be made: {Reason} It is tried again.")]
    private static partial void LogFailed(ILogger logger, string reason);
}
