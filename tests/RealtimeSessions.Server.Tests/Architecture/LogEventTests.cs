using System.Globalization;
using System.Text.RegularExpressions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Architecture;

/// <summary>What is logged has stable ids: each means one message, and a project has a range.</summary>
public sealed partial class LogEventTests
{
    private static readonly Dictionary<string, int> Thousands = new()
    {
        ["server/RealtimeSessions.EventLog"] = 2,
        ["server/RealtimeSessions.Server"] = 3,
        ["clients/dotnet/RealtimeSessions.Client"] = 5,
    };

    [Fact]
    public void LogEvents_HaveIdsOfTheirOwn_InTheRangeOfTheirProject()
    {
        var all = new List<int>();
        foreach (var (project, thousands) in Thousands)
        {
            var ids = System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Event().Matches(File.ReadAllText(file)))
                .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();

            Assert.NotEmpty(ids);
            Assert.All(ids, id => Assert.Equal(thousands, id / 1_000));
            all.AddRange(ids);
        }

        Assert.DoesNotContain(all.CountBy(id => id), count => count.Value > 1);
    }

    [GeneratedRegex(@"\[LoggerMessage\((\d+),")]
    private static partial Regex Event();
}
