using System.Text;
using RealtimeSessions.LoadTester.Commands;
using Spectre.Console;

const int WidthOfFiles = 120;

Console.OutputEncoding = Encoding.UTF8;
var console = AnsiConsole.Console;
if (Console.IsOutputRedirected)
{
    console.Profile.Width = WidthOfFiles;
}

return await LoadTesterCommand.RunAsync(args, console, Console.Error, TimeProvider.System);
