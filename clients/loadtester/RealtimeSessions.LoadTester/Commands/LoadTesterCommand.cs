using System.CommandLine;
using RealtimeSessions.LoadTester.Traces;
using Spectre.Console;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary>The command line as a whole.</summary>
internal static class LoadTesterCommand
{
    /// <summary>Does what a command line says.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="console">Where it is told how it goes, and what it came to.</param>
    /// <param name="error">Where it is told what is wrong.</param>
    /// <param name="time">The clock.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, IAnsiConsole console, TextWriter error, TimeProvider time)
    {
        var root = new RootCommand("Records sessions of a RealtimeSessions server as traces, replays traces as load, and soaks; and checks that every reader is told everything, once and in order.")
        {
            new RecordCommand().Create(console, time),
            new ReplayCommand().Create(console, time),
            new SoakCommand().Create(console, time),
        };
        var line = root.Parse(arguments);
        using var interruption = new Interruption();
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Error = error };
        try
        {
            var code = await line.InvokeAsync(configuration, interruption.Asked);
            return line.Errors.Count > 0 ? ExitCodes.CouldNotRun : code;
        }
        catch (Exception exception) when (exception is LoadException or TraceException)
        {
            await error.WriteLineAsync(exception.Message);
            return ExitCodes.CouldNotRun;
        }
        catch (OperationCanceledException) when (interruption.Asked.IsCancellationRequested)
        {
            await error.WriteLineAsync("Interrupted before there was anything to report.");
            return ExitCodes.CouldNotRun;
        }
    }
}
