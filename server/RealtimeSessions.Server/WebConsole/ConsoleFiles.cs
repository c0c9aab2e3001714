using Microsoft.Extensions.Options;

namespace RealtimeSessions.Server.WebConsole;

/// <summary>The console as the build has put it beside the server (<c>Console.targets</c>).</summary>
internal sealed class ConsoleFiles
{
    private const string Index = "index.html";

    /// <summary>Holds one line, if the console could not be built.</summary>
    private const string Reason = "missing.txt";

    public ConsoleFiles(IOptions<ConsoleOptions> options)
    {
        var isThere = File.Exists(Path.Combine(Folder, Index));
        AreServed = options.Value.Enabled && isThere;
        Problem = options.Value.Enabled && !isThere ? ReadReason() : null;
    }

    /// <summary>Where they are, if they are there.</summary>
    public string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "console");

    /// <summary>Whether the console is there and wanted.</summary>
    public bool AreServed { get; }

    /// <summary>Why it is not there although it is wanted, and what to do about it, in one line; null: it is, or is not wanted.</summary>
    public string? Problem { get; }

    private string ReadReason() => File.Exists(Path.Combine(Folder, Reason))
        ? File.ReadAllText(Path.Combine(Folder, Reason)).Trim()
        : "The server was built without it; build it again without -p:Console=false.";
}
