using System.Text.RegularExpressions;

namespace RealtimeSessions.EndToEnd.Tests.Table.Document;

/// <summary>An address of the REST API.</summary>
/// <param name="Verb">The HTTP method.</param>
/// <param name="Path">The path under <c>/api/v1</c>, with its parameters in braces.</param>
internal sealed record RestAddress(string Verb, string Path)
{
    public bool Has(string parameter) => Path.Contains($"{{{parameter}}}", StringComparison.Ordinal);

    public override string ToString() => $"{Verb} {Path}";
}

/// <summary>A row of the table of methods.</summary>
internal sealed partial record TableRow
{
    private const string FeedOnly = " (in the feed only)";

    /// <summary>The method on the hub; null if there is none.</summary>
    public string? Method { get; private init; }

    /// <summary>The address over REST; null if there is none.</summary>
    public RestAddress? Rest { get; private init; }

    public required PermissionRule Permission { get; init; }

    /// <summary>The types of the events that a call can make.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether the events are told in the feed, and stand in no log.</summary>
    public bool IsInFeedOnly { get; private init; }

    /// <summary>The codes that a call can answer, those of any call aside.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>What the row is called here.</summary>
    public string Key => Method ?? Rest!.ToString();

    /// <summary>Whether a request names an application that must be there.</summary>
    public bool IsAboutApplication => Rest?.Has("applicationId") ?? Method is not null;

    /// <summary>Whether a request names a session. (A hub method without an address has it in its name, or needs a permission on it.)</summary>
    public bool IsAboutSession => Rest?.Has("sessionId")
        ?? (Permission is PermissionRule.Needs || Method!.EndsWith("Session", StringComparison.Ordinal));

    /// <summary>Whether only a connection can call that has joined the session.</summary>
    public bool NeedsMembership => Errors.Contains("not_joined");

    /// <summary>Whether a call can change something.</summary>
    public bool CanChange => Events.Count > 0 || Rest is { Verb: not "GET" };

    public override string ToString() => Key;

    public static TableRow Parse(string[] cells)
    {
        var row = new TableRow
        {
            Method = cells[0] is "" ? null : Whole(MethodCell(), cells[0]).Groups[1].Value,
            Rest = cells[1] is "" ? null : ParseRest(Whole(RestCell(), cells[1])),
            Permission = PermissionRule.Parse(cells[2]),
            Events = ParseList(cells[3].Replace(FeedOnly, "", StringComparison.Ordinal), ProtocolDocument.EventTypes),
            IsInFeedOnly = cells[3].EndsWith(FeedOnly, StringComparison.Ordinal),
            Errors = ParseList(cells[4], ProtocolDocument.Errors.Keys),
        };
        return row is { Method: null, Rest: null } ? throw new FormatException("PROTOCOL.md: a row with neither a method nor an address.") : row;
    }

    private static RestAddress ParseRest(Match cell) => new(cell.Groups[1].Value, ProtocolDocument.Expand(cell.Groups[2].Value));

    private static string[] ParseList(string cell, IEnumerable<string> known)
    {
        string[] codes = cell is "" ? [] : [.. cell.Split(", ").Select(word => Whole(CodeCell(), word).Groups[1].Value)];
        return codes.Except(known).FirstOrDefault() is { } unknown ? throw new FormatException($"PROTOCOL.md does not tell of {unknown}.") : codes;
    }

    private static Match Whole(Regex pattern, string cell) =>
        pattern.Match(cell) is { Success: true } match ? match : throw new FormatException($"PROTOCOL.md: cannot read the cell {cell}");

    [GeneratedRegex(@"\A`([A-Z][A-Za-z]+)`\z")]
    private static partial Regex MethodCell();

    [GeneratedRegex(@"\A`(GET|POST|PUT|PATCH|DELETE) ([A-Za-z/{}]+)`\z")]
    private static partial Regex RestCell();

    [GeneratedRegex(@"\A`([a-z_]+)`\z")]
    private static partial Regex CodeCell();
}
