using System.Net;
using System.Net.Sockets;

namespace RealtimeSessions.EndToEnd.Tests.Deployments;

/// <summary>
/// Stands in front of a server and passes bytes on, or holds them. What it was given reaches the server even when the client has gone.
/// </summary>
internal sealed class TcpGate : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly List<TcpClient> _connections = [];
    private readonly int _target;
    private readonly Task _accepting;
    private Direction _toServer = new();
    private Direction _toClient = new();

    /// <param name="target">The server's port on this machine.</param>
    public TcpGate(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Holds what clients send from now on.</summary>
    /// <returns>Completes when something is held.</returns>
    public Task HoldRequests() => (_toServer = Direction.Held()).Arrived;

    /// <summary>Holds what the server sends from now on.</summary>
    /// <returns>Completes when something is held.</returns>
    public Task HoldAnswers() => (_toClient = Direction.Held()).Arrived;

    /// <summary>Passes on what is held, and everything after it.</summary>
    public void Release()
    {
        _toServer.Open();
        _toClient.Open();
    }

    /// <summary>Cuts every connection without a word. What is held is lost.</summary>
    public void Cut()
    {
        lock (_connections)
        {
            _connections.ForEach(connection => connection.Client.Close(timeout: 0));
            _connections.Clear();
        }
    }

    /// <summary>Takes no connection from now on: those that come are cut.</summary>
    public bool IsShut { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Stop();
        Release();
        await _accepting;
        lock (_connections)
        {
            _connections.ForEach(connection => connection.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_closed.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The gate has closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            var server = new TcpClient();
            lock (_connections)
            {
                if (IsShut)
                {
                    client.Client.Close(timeout: 0);
                    return;
                }

                _connections.AddRange([client, server]);
            }

            await server.ConnectAsync(IPAddress.Loopback, _target, _closed.Token);
            (client.NoDelay, server.NoDelay) = (true, true);
            _ = PassAsync(client.GetStream(), server.GetStream(), () => _toServer);
            _ = PassAsync(server.GetStream(), client.GetStream(), () => _toClient);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // It was cut before it was made.
        }
    }

    private static async Task PassAsync(NetworkStream from, NetworkStream to, Func<Direction> direction)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                await direction().PassAsync();
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // One of the two has gone; the other is left as it is until the gate closes.
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidOperationException;

    private sealed class Direction
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Direction() => _open.SetResult();

        private Direction(TaskCompletionSource open) => _open = open;

        public Task Arrived => _arrived.Task;

        public static Direction Held() => new(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        public void Open() => _open.TrySetResult();

        public Task PassAsync()
        {
            _arrived.TrySetResult();
            return _open.Task;
        }
    }
}
