using System.Text.RegularExpressions;
using System.Xml.Linq;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Architecture;

/// <summary>Who may use whom. A folder is a stage of the flow, and nothing below calls up.</summary>
public sealed partial class LayerTests
{
    private static readonly Dictionary<string, string[]> ProjectReferences = new()
    {
        ["server/RealtimeSessions.Protocol"] = [],
        ["server/RealtimeSessions.MessagePack"] = ["RealtimeSessions.Protocol"],
        ["server/RealtimeSessions.EventLog"] = ["RealtimeSessions.Protocol"],
        ["server/RealtimeSessions.Server"] = ["RealtimeSessions.Protocol", "RealtimeSessions.MessagePack", "RealtimeSessions.EventLog"],
        ["clients/dotnet/RealtimeSessions.Client"] = ["RealtimeSessions.Protocol", "RealtimeSessions.MessagePack"],
        ["clients/loadtester/RealtimeSessions.LoadTester"] = ["RealtimeSessions.Client", "RealtimeSessions.Protocol", "RealtimeSessions.MessagePack"],
    };

    /// <summary>Libraries, and the only folders that may use them.</summary>
    private static readonly (string Library, string[] Folders)[] Libraries =
    [
        ("Microsoft.AspNetCore", ["RealtimeSessions.Server", "RealtimeSessions.MessagePack"]),
        ("Microsoft.Data.Sqlite", ["RealtimeSessions.EventLog/Embedded"]),
        ("SQLitePCL", ["RealtimeSessions.EventLog/Embedded"]),
        ("StackExchange.Redis", ["RealtimeSessions.EventLog/Redis"]),
        ("RealtimeSessions.EventLog", ["RealtimeSessions.EventLog", "RealtimeSessions.Server"]),
        ("RealtimeSessions.EventLog.Embedded", ["RealtimeSessions.EventLog/Embedded", "RealtimeSessions.Server/Storage"]),
        ("RealtimeSessions.EventLog.Redis", ["RealtimeSessions.EventLog/Redis", "RealtimeSessions.Server/Storage"]),
        ("RealtimeSessions.EventLog.Tails", ["RealtimeSessions.EventLog"]),
        ("RealtimeSessions.Server", ["RealtimeSessions.Server"]),
    ];

    /// <summary>The server's folders, and what each may use of the others.</summary>
    private static readonly Dictionary<string, string[]> Folders = new()
    {
        ["Hubs"] = ["Api", "Applications", "Lanes", "Conversations", "Delivery", "Directory", "Identity", "Metrics", "Requests", "Sessions"],
        ["Api"] = ["Applications", "Conversations", "Directory", "Identity", "Lanes", "Metrics", "Monitoring", "Requests", "Sessions"],
        ["Monitoring"] = ["Applications", "Identity", "Metrics", "Storage"],
        ["Delivery"] = ["Applications", "Conversations", "Directory", "Identity", "Lanes", "Metrics", "Requests", "Sessions"],
        ["Conversations"] = ["Applications", "Directory", "Identity", "Lanes", "Requests", "Sessions"],
        ["Sessions"] = ["Applications", "Directory", "Identity", "Lanes", "Requests"],
        ["Applications"] = ["Identity", "Requests"],
        ["Directory"] = ["Identity", "Lanes", "Requests"],
        ["Lanes"] = ["Requests"],
        ["Development"] = ["Api", "Applications", "Identity", "Sessions", "Storage"],
        ["Identity"] = [],
        ["Requests"] = [],
        ["Storage"] = ["Metrics"],
        ["Metrics"] = [],
        ["Observability"] = ["Api", "Hubs", "Proxy", "Storage", "WebConsole"],
        ["WebConsole"] = ["Api", "Development", "Identity"],
        ["Proxy"] = [],
    };

    /// <summary>The load tester's folders, and what each may use of the others.</summary>
    private static readonly Dictionary<string, string[]> LoadTesterFolders = new()
    {
        ["Commands"] = ["Identity", "Load", "Recording", "Report", "Traces"],
        ["Report"] = ["Checks", "Load", "Measure"],
        ["Load"] = ["Checks", "Connections", "Identity", "Measure", "Traces"],
        ["Recording"] = ["Checks", "Traces"],
        ["Connections"] = ["Checks", "Identity", "Measure", "Traces"],
        ["Checks"] = ["Measure", "Traces"],
        ["Identity"] = [],
        ["Measure"] = [],
        ["Traces"] = [],
    };

    [Fact]
    public void Projects_ReferToEachOther_OneWay()
    {
        foreach (var (project, allowed) in ProjectReferences)
        {
            var file = Path.Combine(Repository.Root, project, $"{Path.GetFileName(project)}.csproj");
            var references = XDocument.Load(file).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

            Assert.Empty(references.Except(allowed));
        }
    }

    [Fact]
    public void Libraries_AreUsed_OnlyWhereTheyBelong()
    {
        var wrong = from source in Sources("")
                    from used in source.Usings
                    from rule in Libraries
                    where (used == rule.Library || used.StartsWith(rule.Library + ".", StringComparison.Ordinal))
                        && !rule.Folders.Any(folder => source.Path.StartsWith(folder + "/", StringComparison.Ordinal))
                    select $"{source.Path} uses {used}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Folders_OfTheServer_CallDownwards()
    {
        var wrong = from pair in UsesBetweenFolders()
                    where !Folders.TryGetValue(pair.From, out var allowed)
                        || !allowed.Contains(pair.To)
                    select $"{pair.File} uses {pair.To}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Folders_OfTheLoadTester_CallDownwards()
    {
        const string Namespace = "RealtimeSessions.LoadTester.";
        var wrong = from source in Sources("", "clients/loadtester/RealtimeSessions.LoadTester")
                    where source.Path.Contains('/', StringComparison.Ordinal)
                    let folder = source.Path.Split('/')[0]
                    from used in source.Usings.Where(used => used.StartsWith(Namespace, StringComparison.Ordinal))
                    let to = used[Namespace.Length..].Split('.')[0]
                    where to != folder && !LoadTesterFolders[folder].Contains(to)
                    select $"{source.Path} uses {to}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Folders_InTheTables_HaveNoCircle()
    {
        foreach (var table in new[] { Folders, LoadTesterFolders })
        {
            Assert.All(table, folder => Assert.False(Reaches(table, folder.Key, folder.Key, []), $"{folder.Key} reaches itself."));
        }

        static bool Reaches(Dictionary<string, string[]> table, string from, string to, HashSet<string> seen) =>
            table[from].Any(next => next == to || (seen.Add(next) && Reaches(table, next, to, seen)));
    }

    private static IEnumerable<(string File, string From, string To)> UsesBetweenFolders() =>
        from source in Sources("RealtimeSessions.Server/")
        let file = source.Path["RealtimeSessions.Server/".Length..]
        where file.Contains('/', StringComparison.Ordinal)
        let folder = file.Split('/')[0]
        from to in source.Usings.Where(used => used.StartsWith("RealtimeSessions.Server.", StringComparison.Ordinal))
            .Select(used => used.Split('.')[2]).Concat(source.Qualified).Distinct()
        where to != folder
        select (file, folder, to);

    private static IEnumerable<(string Path, string[] Usings, string[] Qualified)> Sources(string under, string of = "server")
    {
        var root = Path.Combine(Repository.Root, of);
        return from file in System.IO.Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
               let path = Path.GetRelativePath(root, file).Replace('\\', '/')
               where path.StartsWith(under, StringComparison.Ordinal) && !path.Split('/').Any(part => part is "obj" or "bin")
               let text = File.ReadAllText(file)
               select (
                   path,
                   UsingLine().Matches(text).Select(match => match.Groups[1].Value).ToArray(),
                   QualifiedName().Matches(text).Select(match => match.Groups[1].Value).ToArray());
    }

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    /// <summary>A name like <c>Hubs.HubSetup</c>, which needs no using.</summary>
    [GeneratedRegex(@"(?<![\w.""])(Hubs|Api|Delivery|Development|Lanes|Conversations|Applications|Directory|Sessions|Identity|Requests|Storage|Observability|Proxy|WebConsole|Metrics|Monitoring)\.[A-Z]\w+\b(?!\()")]
    private static partial Regex QualifiedName();
}
