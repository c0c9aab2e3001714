using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Json;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks.Measure;

/// <summary>Asks a process that was started with the <see cref="StartupHook"/> about its memory.</summary>
internal sealed class Probe : IDisposable
{
    /// <summary>The environment variable that names the socket.</summary>
    public const string Variable = "BENCHMARK_PROBE";

    /// <summary>The question that collects the garbage first; any other does not.</summary>
    public const string Collect = "collect";

    private const string Look = "look";

    private readonly TemporaryFolder _folder = new();
    private StreamReader? _reader;
    private StreamWriter? _writer;

    /// <summary>With what the process must be started.</summary>
    public ImmutableDictionary<string, string> Settings => ImmutableDictionary<string, string>.Empty
        .Add("DOTNET_STARTUP_HOOKS", typeof(Probe).Assembly.Location)
        .Add(Variable, Path);

    private string Path => System.IO.Path.Combine(_folder.Path, "probe");

    /// <summary>What the process uses.</summary>
    /// <param name="collect">Whether its garbage is collected before.</param>
    public async Task<MemoryUse> ReadAsync(bool collect = false)
    {
        if (_reader is null)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path));
            var stream = new NetworkStream(socket, ownsSocket: true);
            (_reader, _writer) = (new StreamReader(stream), new StreamWriter(stream) { AutoFlush = true });
        }

        await _writer!.WriteLineAsync(collect ? Collect : Look);
        var answer = await _reader.ReadLineAsync() ?? throw new InvalidOperationException("The server has ended.");
        return JsonSerializer.Deserialize<MemoryUse>(answer, JsonSerializerOptions.Web)!;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _folder.Dispose();
    }
}

/// <summary>The memory of a process.</summary>
/// <param name="Allocated">Bytes allocated since its start.</param>
/// <param name="Heap">Bytes on its heap.</param>
/// <param name="Gen0">Collections of generation 0.</param>
/// <param name="Gen1">Collections of generation 1.</param>
/// <param name="Gen2">Collections of generation 2.</param>
/// <param name="WorkingSet">Bytes of it that are in memory.</param>
internal sealed record MemoryUse(long Allocated, long Heap, int Gen0, int Gen1, int Gen2, long WorkingSet);
