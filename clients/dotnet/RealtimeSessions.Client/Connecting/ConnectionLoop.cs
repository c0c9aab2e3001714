using Microsoft.Extensions.Logging;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Connecting;

/// <summary>Keeps a connection: makes it when it is first asked for, and anew whenever it is lost, until it is closed.</summary>
/// <param name="options">The client's options.</param>
/// <param name="open">Makes a connection.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says what happens.</param>
internal sealed partial class ConnectionLoop(
    RealtimeClientOptions options, Func<CancellationToken, Task<IHubLink>> open, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource<IHubLink> _connected = NewPromise();
    private Task _running = Task.CompletedTask;

    /// <summary>Called with each state as it begins, one after the other, under the lock of this.</summary>
    public required Action<ConnectionState, IHubLink?> Changed { get; init; }

    public ConnectionState State { get; private set; }

    /// <summary>The connection; waits for it, and asks for it if nobody has.</summary>
    /// <exception cref="RealtimeException"><see cref="ClientErrors.ConnectionFailed"/>: the first one could not be made in time, or the client is closed.</exception>
    public Task<IHubLink> ConnectedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (State == ConnectionState.Disconnected)
            {
                Move(ConnectionState.Connecting);
                _running = Task.Run(RunAsync, CancellationToken.None);
            }

            return _connected.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Closes the connection for good; what waits for it fails.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        lock (_lock)
        {
            Move(ConnectionState.Closed);
            Fail(new Error(ClientErrors.ConnectionFailed, "The client is closed."), inner: null);
        }

        await _running;
    }

    private async Task RunAsync()
    {
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

    private async Task<IHubLink?> ConnectFirstAsync()
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _closing.Token);
        Exception? last = null;
        try
        {
            return await ConnectAsync(attempt: 0, exception => last = exception, either.Token);
        }
        catch (OperationCanceledException) when (!_closing.IsCancellationRequested)
        {
            lock (_lock)
            {
                var text = $"No connection within {options.ConnectTimeout.TotalSeconds} s. {last?.Message}".TrimEnd();
                Fail(new Error(ClientErrors.ConnectionFailed, text), last);
                Move(ConnectionState.Disconnected);
            }

            return null;
        }
    }

    private async Task KeepAsync(IHubLink link)
    {
        var attempt = 1;
        while (true)
        {
            try
            {
                var since = time.GetTimestamp();
                Move(ConnectionState.Connected, link);
                var reason = await link.Ended.WaitAsync(_closing.Token);
                LogLost(logger, reason?.Message ?? "the server closed it");
                Move(ConnectionState.Reconnecting);

                // One that stood for a moment only counts as an attempt that has failed.
                attempt = time.GetElapsedTime(since) < options.MaximumReconnectDelay ? attempt + 1 : 1;
            }
            finally
            {
                await link.DisposeAsync();
            }

            link = await ConnectAsync(attempt, static _ => { }, _closing.Token);
        }
    }

    /// <summary>Tries until there is a connection.</summary>
    private async Task<IHubLink> ConnectAsync(int attempt, Action<Exception> failed, CancellationToken cancellationToken)
    {
        for (; ; attempt++)
        {
            await Task.Delay(LongestPause(attempt, options.MaximumReconnectDelay) * Random.Shared.NextDouble(), time, cancellationToken);
            using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                return await open(either.Token);
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                failed(exception);
                LogFailed(logger, exception.Message);
            }
        }
    }

    /// <summary>
    /// Pauses are random up to this, so that many clients of a server that comes back do not come at the same moment. The very first attempt (0) is made at
    /// once, the first one after a loss (1) almost.
    /// </summary>
    internal static TimeSpan LongestPause(int attempt, TimeSpan maximum) => attempt switch
    {
        0 => TimeSpan.Zero,
        1 => TimeSpan.FromSeconds(Math.Min(0.1, maximum.TotalSeconds)),
        _ => TimeSpan.FromSeconds(Math.Min(0.25 * Math.Pow(2, Math.Min(attempt - 2, 20)), maximum.TotalSeconds)),
    };

    /// <summary>Closed is for good. Who asks in <see cref="ConnectionState.Connecting"/> or <see cref="ConnectionState.Reconnecting"/> waits for what comes.</summary>
    private void Move(ConnectionState state, IHubLink? link = null)
    {
        lock (_lock)
        {
            if (State == ConnectionState.Closed)
            {
                return;
            }

            State = state;
            if (link is not null)
            {
                _connected.TrySetResult(link);
            }
            else if (_connected.Task.IsCompleted)
            {
                _connected = NewPromise();
            }

            Changed(state, link);
        }
    }

    private void Fail(Error error, Exception? inner)
    {
        _connected.TrySetException(new RealtimeException(error, inner));
        _ = _connected.Task.Exception; // Nobody needs to wait for it.
    }

    private static TaskCompletionSource<IHubLink> NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(5000, LogLevel.Information, "The connection was lost: {Reason}. Another is tried.")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(5001, LogLevel.Warning, "No connection could be made: {Reason} It is tried again.")]
    private static partial void LogFailed(ILogger logger, string reason);
}
