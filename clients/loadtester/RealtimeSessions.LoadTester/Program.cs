using System.Text;
using RealtimeSessions.LoadTester.Commands;
using Spectre.Console;

// Wide enough for a line of progress.
const int WidthOfFiles = 220;

Console.OutputEncoding = Encoding.UTF8;
var console = AnsiConsole.Console;
if (Console.IsOutputRedirected)
{
    console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
    console.Profile.Width = WidthOfFiles;
}

return await LoadTesterCommand.RunAsync(args, console, Console.Error, TimeProvider.System);
