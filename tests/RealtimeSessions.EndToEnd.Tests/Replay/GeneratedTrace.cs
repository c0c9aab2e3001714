using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RealtimeSessions.EndToEnd.Tests.Replay;

/// <summary>
/// A trace made by chance from a seed: two people who write one text, with letters of one to four bytes, and patch where they are. Positions
/// and lengths count code points.
/// </summary>
internal sealed class GeneratedTrace
{
    private const int Connections = 2;
    private const int LongestRun = 30;
    private static readonly string[] Words = ["plan ", "é", "日本", "😀", "\n", "\"quoted\" ", "Ω", "👩‍🚀 ", "a\u0301", "\\", "word "];

    private readonly Random _random;
    private readonly List<string> _calls = [];
    private readonly List<Rune> _text = [];
    private readonly SortedDictionary<string, int> _cursors = [];
    private int _connection;
    private int _edits;
    private int? _editsSaid;

    private GeneratedTrace(int seed) => _random = new Random(seed);

    /// <summary>Writes a trace.</summary>
    /// <param name="file">A file, compressed with gzip.</param>
    /// <param name="seed">The same seed gives the same trace.</param>
    /// <param name="calls">How many calls it has.</param>
    public static void Write(string file, int seed, int calls)
    {
        var trace = new GeneratedTrace(seed);
        for (var run = 0; trace._calls.Count < calls; run--)
        {
            if (run == 0)
            {
                trace._connection = (trace._connection + 1) % Connections;
                run = 1 + trace._random.Next(LongestRun);
            }

            if (trace._random.Next(10) == 0)
            {
                trace.Patch();
            }
            else
            {
                trace.Edit();
            }
        }

        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest));
        writer.Write(trace.Header(Path.GetFileName(file)) + "\n");
        trace._calls.ForEach(call => writer.Write(call + "\n"));
    }

    private void Edit()
    {
        var at = _random.Next(_text.Count + 1);
        var deleted = _random.Next(4) == 0 ? _random.Next(Math.Min(_text.Count - at, 8) + 1) : 0;
        var inserted = deleted > 0 && _random.Next(2) == 0 ? "" : Words[_random.Next(Words.Length)];
        _text.RemoveRange(at, deleted);
        _text.InsertRange(at, inserted.EnumerateRunes());
        _edits++;
        Call("CreateSessionEvent", new { name = "edit", data = new { p = new object[] { at, deleted, inserted } } });
    }

    /// <summary>Says where the writer is, or that he is nowhere.</summary>
    private void Patch()
    {
        var writer = $"w{_connection}";
        int? cursor = _cursors.ContainsKey(writer) && _random.Next(4) == 0 ? null : _random.Next(_text.Count + 1);
        if (cursor is { } place)
        {
            _cursors[writer] = place;
        }
        else
        {
            _cursors.Remove(writer);
        }

        _editsSaid = _edits;
        Call("PatchSessionData", new { data = new { cursors = new Dictionary<string, int?> { [writer] = cursor }, edits = _edits } });
    }

    private void Call(string method, object arguments) =>
        _calls.Add(JsonSerializer.Serialize(new { t = _calls.Count * 20, c = _connection, m = method, a = arguments }));

    private string Header(string name)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(_text.Select(rune => rune.ToString())));
        return JsonSerializer.Serialize(new
        {
            trace = 1,
            name,
            connections = Connections,
            ordered = true,
            calls = _calls.Count,
            expect = new
            {
                edits = _edits,
                text = new { length = _text.Count, sha256 = Convert.ToHexString(SHA256.HashData(text)).ToLower(CultureInfo.InvariantCulture) },
                data = new { cursors = _cursors, edits = _editsSaid },
            },
        });
    }
}
