using RealtimeSessions.LoadTester.Commands;
using Spectre.Console;

namespace RealtimeSessions.LoadTester.Tests.Support;

/// <summary>What a command line came to.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    /// <summary>Runs a command line in this process.</summary>
    public static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 220;
        var code = await LoadTesterCommand.RunAsync(arguments, console, error, TimeProvider.System);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
