using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace RealtimeSessions.Testing;

/// <summary>The real server as a process of its own, on a free loopback port, with its data in a temporary folder unless one is named.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string AssemblyName = "RealtimeSessions.Server.dll";
    private const string BannerStart = "RealtimeSessions ";
    private const string BannerAddress = " listens on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();

    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;
    private readonly Task _reading;
    private int _errorsSeen;

    private ServerProcess(ImmutableDictionary<string, string> settings, string environment, string assembly)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Where its appsettings.json is.
            WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        start.ArgumentList.Add(assembly);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add("http://127.0.0.1:0");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["Storage__Directory"] = _folder.Path;

        // Tests and benchmarks call as often as they can, for as long as they like, unless they are about just that.
        start.Environment["Limits__CallsPerSecond"] = "0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>All it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Errors it has logged so far, each with its text.</summary>
    public IReadOnlyList<string> Errors => ServerLog.Errors(Output);

    /// <summary>Where it stores, unless a folder was named.</summary>
    public string Folder => _folder.Path;

    /// <summary>Starts a server and waits until it says where it listens.</summary>
    /// <param name="settings">Settings as environment variables, for example <c>ConnectionStrings__Redis</c>.</param>
    /// <param name="environment">The hosting environment.</param>
    /// <param name="assembly">The server's assembly; by default the one beside the running program.</param>
    /// <exception cref="ServerNotStartedException">It has ended instead.</exception>
    public static async Task<ServerProcess> StartAsync(
        ImmutableDictionary<string, string>? settings = null, string environment = "Development", string? assembly = null)
    {
        var server = new ServerProcess(
            settings ?? ImmutableDictionary<string, string>.Empty, environment, assembly ?? Path.Combine(AppContext.BaseDirectory, AssemblyName));
        try
        {
            var ended = server.WaitForExitAsync();
            if (await Task.WhenAny(server._started.Task, ended).WaitAsync(Patience) == ended)
            {
                throw new ServerNotStartedException(await ended, server.Output);
            }

            server.Address = await server._started.Task;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A token of the development sign-in.</summary>
    public async Task<string> SignInAsync(string user)
    {
        using var response = await Http.PostAsJsonAsync(new Uri(Address, "dev/sign-in"), new { user });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    /// <summary>Fails if it has logged an error since this was asked last.</summary>
    /// <exception cref="InvalidOperationException">It has.</exception>
    public void AssertNoErrors()
    {
        var errors = Errors.Skip(_errorsSeen).ToArray();
        _errorsSeen += errors.Length;
        if (errors.Length > 0)
        {
            throw new InvalidOperationException($"The server logged errors:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
        }
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            UnixSignal.Terminate(_process.Id);
        }

        return WaitForExitAsync();
    }

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.Append(line).Append('\n');
            }

            if (line.StartsWith(BannerStart, StringComparison.Ordinal) && line.Split(BannerAddress) is [_, var address])
            {
                _started.TrySetResult(new Uri(address));
            }
        }
    }
}

/// <summary>The server has ended before it listened.</summary>
/// <param name="exitCode">The process's exit code.</param>
/// <param name="output">All it has written.</param>
public sealed class ServerNotStartedException(int exitCode, string output)
    : Exception($"The server ended with code {exitCode}:{Environment.NewLine}{output}")
{
    public int ExitCode => exitCode;

    public string Output => output;
}
