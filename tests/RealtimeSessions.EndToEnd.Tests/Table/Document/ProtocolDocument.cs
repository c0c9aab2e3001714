using System.Text.RegularExpressions;
using RealtimeSessions.EndToEnd.Tests.Walk;

namespace RealtimeSessions.EndToEnd.Tests.Table.Document;

/// <summary>PROTOCOL.md, read as what it says: its tables, and the lists in its sentences. Whatever cannot be read is an exception.</summary>
internal static partial class ProtocolDocument
{
    private const string ConversationsSection = "Conversations over the hub";

    private static readonly string Text =
        File.ReadAllText(Path.Combine(Readme.Root, "server", "RealtimeSessions.Protocol", "PROTOCOL.md"));

    /// <summary>The errors by their codes.</summary>
    public static IReadOnlyDictionary<string, ErrorRow> Errors { get; } =
        ReadTable("Errors", "code", "number", "status", "retry helps", "details", "when").Select(ErrorRow.Parse).ToDictionary(row => row.Code);

    /// <summary>The errors that any call may answer.</summary>
    public static IReadOnlyList<string> GeneralErrors { get; } = [.. Codes(One(GeneralErrorsSentence(), Section("Methods")))];

    /// <summary>The permissions, those on sessions without their scope.</summary>
    public static IReadOnlyList<string> Permissions { get; } =
        [.. Codes(Section("Permissions")).Where(word => Permission().IsMatch(word)).Distinct()];

    /// <summary>The types of the events that sessions and feeds hold.</summary>
    public static IReadOnlyList<string> EventTypes { get; } =
        [.. ReadTable("Callbacks", "event type", "callback", "carries").SelectMany(cells => Codes(cells[0]))];

    /// <summary>The callbacks of a client, those of events and those that are none.</summary>
    public static IReadOnlyList<string> Callbacks { get; } =
    [
        .. ReadTable("Callbacks", "event type", "callback", "carries").SelectMany(cells => Codes(cells[1])),
        .. ReadTable("Callbacks", "callback", "carries", "means").SelectMany(cells => Codes(cells[0])),
    ];

    /// <summary>The errors that any call of the hub may answer besides <see cref="GeneralErrors"/>.</summary>
    public static IReadOnlyList<string> HubErrors { get; } = [.. Codes(One(HubErrorsSentence(), Section("Methods")))];

    /// <summary>Everything one can do.</summary>
    public static IReadOnlyList<TableRow> Rows { get; } =
        [.. ReadTable("Methods", "method", "REST", "permission", "events", "errors").Select(TableRow.Parse)];

    /// <summary>The addresses of conversations, and of what they are about and for.</summary>
    public static IReadOnlyList<ResourceRow> ResourceRows { get; } =
        [.. ReadTable("Conversations over REST", "address", "takes", "for whom", "errors").Select(ResourceRow.Parse)];

    /// <summary>The hub's methods about conversations and spaces, and the errors of each.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ConversationMethods { get; } =
        ReadTable(ConversationsSection, "method", "request", "answer", "errors").ToDictionary(cells => Codes(cells[0]).Single(), cells => (IReadOnlyList<string>)[.. Codes(cells[3])]);

    /// <summary>The callbacks about conversations and spaces, those of events and those that are none.</summary>
    public static IReadOnlyList<string> ConversationCallbacks { get; } =
    [
        .. ReadTable(ConversationsSection, "event type", "callback", "carries").SelectMany(cells => Codes(cells[1])),
        .. ReadTable(ConversationsSection, "callback", "carries", "means").SelectMany(cells => Codes(cells[0])),
    ];

    /// <summary>The row of a method, or of an address.</summary>
    public static TableRow Row(string key) =>
        Rows.FirstOrDefault(row => row.Key == key) ?? throw new FormatException($"PROTOCOL.md has no row {key}.");

    /// <summary>An address with what its first letter stands for.</summary>
    public static string Expand(string path)
    {
        var letters = Shorthand().Match(Section("Methods"));
        Assert.True(letters.Success, "PROTOCOL.md does not say what A and S stand for.");
        var (application, session) = (letters.Groups[1].Value, letters.Groups[1].Value + letters.Groups[2].Value);
        return path switch
        {
            ['/', ..] => path,
            ['A', .. var rest] when rest is "" or ['/', ..] => application + rest,
            ['S', .. var rest] when rest is "" or ['/', ..] => session + rest,
            _ => throw new FormatException($"PROTOCOL.md: {path} is no address."),
        };
    }

    /// <summary>The words that stand in backquotes.</summary>
    public static IEnumerable<string> Codes(string text) => Quoted().Matches(text).Select(match => match.Groups[1].Value);

    private static string Section(string title) => One(new Regex($"^## {title}\n(.*?)(?=^## |\\z)", RegexOptions.Multiline | RegexOptions.Singleline), Text);

    private static string One(Regex pattern, string text) => pattern.Match(text) is { Success: true } match
        ? match.Groups[1].Value
        : throw new FormatException($"PROTOCOL.md has no {pattern}.");

    /// <summary>The rows of a section's table with these columns.</summary>
    private static IEnumerable<string[]> ReadTable(string section, params string[] columns)
    {
        var lines = Section(section).Split('\n').SkipWhile(line => !Cells(line).SequenceEqual(columns)).ToArray();
        Assert.True(lines.Length > 2, $"PROTOCOL.md has no table {string.Join(", ", columns)} in {section}.");
        foreach (var line in lines.Skip(2).TakeWhile(line => line.StartsWith('|')))
        {
            var cells = Cells(line);
            Assert.True(cells.Length == columns.Length, $"PROTOCOL.md: another number of cells than of columns: {line}");
            yield return cells;
        }
    }

    private static string[] Cells(string line) => line.StartsWith('|') ? [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())] : [];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`A` stands for `([^`]+)`,\s+`S`\s+for\s+`A([^`]+)`")]
    private static partial Regex Shorthand();

    [GeneratedRegex(@"any call may\s+also answer ([^,]+(?:, `[a-z_]+`)* or `[a-z_]+`)")]
    private static partial Regex GeneralErrorsSentence();

    [GeneratedRegex(@"any call may[^.]+, a\s+hub\s+call\s+(`[a-z_]+`)")]
    private static partial Regex HubErrorsSentence();

    [GeneratedRegex(@"\A(application|session):[a-z]+\z")]
    private static partial Regex Permission();
}
