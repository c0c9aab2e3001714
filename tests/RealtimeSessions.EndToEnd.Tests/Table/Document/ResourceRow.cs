namespace RealtimeSessions.EndToEnd.Tests.Table.Document;

/// <summary>A row of the table of the addresses of conversations.</summary>
/// <param name="Rest">The address.</param>
/// <param name="Errors">The codes that a call can answer, those of any call aside.</param>
internal sealed record ResourceRow(RestAddress Rest, IReadOnlyList<string> Errors)
{
    public static ResourceRow Parse(string[] cells)
    {
        var address = ProtocolDocument.Codes(cells[0]).Single().Split(' ');
        string[] errors = [.. ProtocolDocument.Codes(cells[3])];
        return errors.Except(ProtocolDocument.Errors.Keys).FirstOrDefault() is { } unknown
            ? throw new FormatException($"PROTOCOL.md does not tell of {unknown}.")
            : new ResourceRow(new RestAddress(address[0], address[1]), errors);
    }
}
