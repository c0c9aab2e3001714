namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>
/// The one clock of all connections: every 15 s each says that it lives, and one that has heard nothing for 30 s is given up, as SignalR's clients do. They take turns, so that the
/// pings are spread evenly.
/// </summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    private const int Turns = 150;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly HashSet<LeanSocket>[] _sockets = [.. Enumerable.Range(0, Turns).Select(_ => new HashSet<LeanSocket>())];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _running;
    private int _added;

    /// <param name="time">The clock.</param>
    public KeepAlive(TimeProvider time) => _running = RunAsync(time);

    /// <summary>A connection is there.</summary>
    /// <returns>Its turn, for <see cref="Remove"/>.</returns>
    public int Add(LeanSocket socket)
    {
        lock (_lock)
        {
            var turn = _added++ % Turns;
            _sockets[turn].Add(socket);
            return turn;
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Remove(LeanSocket socket, int turn)
    {
        lock (_lock)
        {
            _sockets[turn].Remove(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running;
        _ended.Dispose();
    }

    private async Task RunAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Turn, time);
        try
        {
            for (var turn = 0; await timer.WaitForNextTickAsync(_ended.Token); turn = (turn + 1) % Turns)
            {
                LookAfter(turn, time);
            }
        }
        catch (OperationCanceledException)
        {
            // It was disposed.
        }
    }

    private void LookAfter(int turn, TimeProvider time)
    {
        LeanSocket[] sockets;
        lock (_lock)
        {
            sockets = [.. _sockets[turn]];
        }

        foreach (var socket in sockets)
        {
            if (time.GetElapsedTime(socket.HeardAt) > Patience)
            {
                socket.Abort();
            }
            else
            {
                socket.Ping();
            }
        }
    }
}
