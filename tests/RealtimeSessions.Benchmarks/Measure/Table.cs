namespace RealtimeSessions.Benchmarks.Measure;

/// <summary>A table on the console: the first column to the left, the others to the right.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print()
    {
        var widths = columns.Select((column, i) => _rows.Append(columns).Max(row => i < row.Length ? row[i].Length : 0)).ToArray();
        Console.WriteLine();
        foreach (var row in _rows.Prepend(columns))
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        }
    }
}
