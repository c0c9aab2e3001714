using System.Text.RegularExpressions;
using RealtimeSessions.EndToEnd.Tests.JavaScript;

namespace RealtimeSessions.EndToEnd.Tests.Walk;

/// <summary>The fenced blocks of the repository's README.md.</summary>
internal static partial class Readme
{
    private const string WalkMark = "// walk.mjs";

    /// <summary>The script, and the lines that it says it prints.</summary>
    public static (string Script, string[] Output) ReadWalk()
    {
        var blocks = ReadBlocks();
        var script = blocks.FindIndex(block => block.Language == "js" && block.Text.StartsWith(WalkMark, StringComparison.Ordinal));
        Assert.True(script >= 0, $"README.md has no js block that begins with {WalkMark}.");
        var output = blocks.FindIndex(script, block => block.Language == "text");
        Assert.True(output >= 0, "README.md has no text block after the walk.");
        return (blocks[script].Text, blocks[output].Text.TrimEnd().Split('\n'));
    }

    /// <summary>The commands of the shell blocks, comments and empty lines left out.</summary>
    public static IEnumerable<string> ReadCommands() =>
        from block in ReadBlocks()
        where block.Language == "sh"
        from line in block.Text.Split('\n')
        where line.Length > 0 && !line.StartsWith('#')
        select line;

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(Node.Folder);
            while (!File.Exists(Path.Combine(folder.FullName, "RealtimeSessions.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests were not built in the repository.");
            }

            return folder.FullName;
        }
    }

    private static List<(string Language, string Text)> ReadBlocks() =>
        [.. Fence().Matches(File.ReadAllText(Path.Combine(Root, "README.md"))).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
