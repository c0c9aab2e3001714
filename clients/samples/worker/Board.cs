using System.Text.Json.Serialization;

namespace RealtimeSessions.Samples.Worker;

/// <summary>The session's data, as the board in the browser has them.</summary>
/// <param name="Notes">The notes by their ids; null: none yet.</param>
/// <param name="Summary">What this worker has counted; null: nothing yet.</param>
internal sealed record Board(IReadOnlyDictionary<string, Note>? Notes = null, Summary? Summary = null)
{
    private const int Columns = 6;
    private const int Margin = 40;
    private const int CellWidth = 230;
    private const int CellHeight = 206;

    /// <summary>With the summary that fits the notes.</summary>
    public Board Summarized() => this with
    {
        Summary = new Summary(Notes?.Count ?? 0, Values.CountBy(note => note.Color).ToDictionary()),
    };

    /// <summary>With the notes in a grid, colour by colour.</summary>
    public Board Tidied() => this with
    {
        Notes = (Notes ?? new Dictionary<string, Note>())
            .OrderBy(note => note.Value.Color, StringComparer.Ordinal).ThenBy(note => note.Key, StringComparer.Ordinal)
            .Select((note, place) => KeyValuePair.Create(note.Key, note.Value with
            {
                X = Margin + (place % Columns * CellWidth),
                Y = Margin + (place / Columns * CellHeight),
            }))
            .ToDictionary(),
    };

    private IEnumerable<Note> Values => Notes?.Values ?? [];
}

/// <summary>A note. A member can be missing: a note that was deleted while somebody changed it comes back with that change only.</summary>
internal sealed record Note(string Text = "", string Color = "yellow", double X = 0, double Y = 0);

/// <summary>How many notes there are, and how many of each colour.</summary>
internal sealed record Summary(int Notes, IReadOnlyDictionary<string, int> Colors);

/// <summary>How the data are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Board))]
internal sealed partial class BoardJson : JsonSerializerContext;
