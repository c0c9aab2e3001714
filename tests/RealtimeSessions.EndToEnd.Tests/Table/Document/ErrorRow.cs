using System.Globalization;

namespace RealtimeSessions.EndToEnd.Tests.Table.Document;

/// <summary>A row of the table of errors.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Number">Its number.</param>
/// <param name="Status">The status it has over REST.</param>
/// <param name="Retryable">Whether a retry helps.</param>
/// <param name="Details">The members that may go with it.</param>
internal sealed record ErrorRow(string Code, int Number, int Status, bool Retryable, IReadOnlyList<string> Details)
{
    public static ErrorRow Parse(string[] cells) => new(
        ProtocolDocument.Codes(cells[0]).Single(),
        int.Parse(cells[1], CultureInfo.InvariantCulture),
        int.Parse(cells[2], CultureInfo.InvariantCulture),
        cells[3] switch { "yes" => true, "no" => false, var other => throw new FormatException($"PROTOCOL.md: {other} is neither yes nor no.") },
        [.. ProtocolDocument.Codes(cells[4])]);
}
