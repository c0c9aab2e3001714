using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Samples;

/// <summary>The sample worker as a process of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const string AssemblyName = "RealtimeSessions.Samples.Worker.dll";
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private WorkerProcess(Process process) =>
        (_process, _output, _errors) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    public static WorkerProcess Start(Uri server, SessionRef board)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, AssemblyName), "--url", server.ToString(), "--session", board.SessionId])
        {
            start.ArgumentList.Add(argument);
        }

        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Asks it to stop, as Ctrl-C does, and waits until it has.</summary>
    /// <returns>The exit code, and what it has written.</returns>
    public async Task<(int ExitCode, string Output)> StopAsync()
    {
        UnixSignal.Terminate(_process.Id);
        await _process.WaitForExitAsync().WaitAsync(Callbacks.Patience);
        return (_process.ExitCode, await _output + await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
