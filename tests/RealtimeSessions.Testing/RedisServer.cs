using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealtimeSessions.Testing;

/// <summary>
/// A real <c>redis-server</c> on a free loopback port, with its data in a temporary folder. It persists nothing unless asked to.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int MaximumStarts = 5;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingInterval = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _arguments;

    private RedisServer(string[] arguments) => _arguments = arguments;

    /// <summary>The port, the same after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>The process that runs now.</summary>
    public Process Process { get; private set; } = null!;

    /// <summary>The address in the form of StackExchange.Redis.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="arguments">Further arguments of redis-server, for example <c>--appendonly yes --appendfsync always</c>.</param>
    /// <exception cref="InvalidOperationException">redis-server is not installed, or does not start.</exception>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(arguments);
        try
        {
            for (var start = 1; ; start++)
            {
                server.Port = LoopbackPort.Find();
                if (await server.TryRunAsync())
                {
                    return server;
                }

                // Somebody else may have taken the port meanwhile.
                if (start == MaximumStarts)
                {
                    throw new InvalidOperationException($"redis-server does not start with: {string.Join(' ', arguments)}");
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the process, as <c>kill -9</c> does. What Redis has not persisted is lost.</summary>
    public async Task KillAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            await Process.WaitForExitAsync();
        }
    }

    /// <summary>Kills the process, if it runs, and starts it again on the same port with the data that it had persisted.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        Process.Dispose();
        if (!await TryRunAsync())
        {
            throw new InvalidOperationException($"redis-server does not start again on port {Port}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
        {
            await KillAsync();
            Process.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>Sends one command, written as on redis-cli's line.</summary>
    /// <returns>The text of a bulk answer, else the answer's first line, for example <c>+OK</c>, <c>:1</c> or <c>-ERR …</c>.</returns>
    public async Task<string?> SendAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync();
        if (line is not ['$', not '-', ..])
        {
            return line;
        }

        var text = new char[int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture)];
        await reader.ReadBlockAsync(text);
        return new string(text);
    }

    private async Task<bool> TryRunAsync()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] own = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", "--logfile", "redis.log"];
        foreach (var argument in own.Concat(_arguments))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            Process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("redis-server is missing; install it with: apt-get install redis-server", e);
        }

        for (var waited = Stopwatch.StartNew(); !Process.HasExited && waited.Elapsed < StartTimeout; await Task.Delay(PingInterval))
        {
            try
            {
                if (await SendAsync("PING") == "+PONG" && await IsItselfAsync())
                {
                    return true;
                }
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // It does not listen yet.
            }
        }

        await KillAsync();
        return false;
    }

    /// <summary>Whether this process answers: another server may have been quicker on the port.</summary>
    private async Task<bool> IsItselfAsync() =>
        (await SendAsync("INFO server"))?.Contains($"process_id:{Process.Id}\r\n", StringComparison.Ordinal) == true;
}
