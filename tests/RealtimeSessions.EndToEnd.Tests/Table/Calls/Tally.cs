using System.Collections.Concurrent;
using RealtimeSessions.EndToEnd.Tests.Table.Document;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>Counts what was called and how it ended, and keeps what was not as it should be.</summary>
internal sealed class Tally
{
    private const int Shown = 20;

    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<(TableRow Row, string Source, string Code), int> _ended = new();

    /// <summary>How many calls there were.</summary>
    public int Calls => _ended.Values.Sum();

    /// <summary>How many of them succeeded.</summary>
    public int Successes => _ended.Where(pair => pair.Key.Code == "success").Sum(pair => pair.Value);

    public void Count(TableRow row, string source, Outcome outcome) =>
        _ended.AddOrUpdate((row, source, outcome.ToString()), 1, (_, count) => count + 1);

    public void Fault(string text) => _faults.Enqueue(text);

    /// <summary>Fails with every fault.</summary>
    public void AssertNoFaults() => Assert.True(
        _faults.IsEmpty,
        $"{_faults.Count} of {Calls} calls:{Environment.NewLine}{string.Join(Environment.NewLine, _faults.Order(StringComparer.Ordinal).Take(Shown))}");

    /// <summary>Fails unless each of some rows has succeeded over each door that it has.</summary>
    public void AssertSucceeded(IEnumerable<TableRow> rows) => AssertSeen(rows, _ => ["success"]);

    /// <summary>Fails unless each of some rows has answered each of these codes that it lists, over each door that it has.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="except">A code that one door cannot answer.</param>
    public void AssertRefused(IEnumerable<TableRow> rows, IReadOnlyCollection<string> codes, params (string Code, string Source)[] except) =>
        AssertSeen(rows, row => row.Errors.Intersect(codes), except);

    private void AssertSeen(IEnumerable<TableRow> rows, Func<TableRow, IEnumerable<string>> codes, params (string Code, string Source)[] except) =>
        Assert.Empty(
            from row in rows
            from source in Sources(row)
            from code in codes(row)
            where !_ended.ContainsKey((row, source, code)) && !except.Contains((code, source))
            select $"{row} over {source}: {code} was never answered");

    private static IEnumerable<string> Sources(TableRow row)
    {
        if (row.Method is not null)
        {
            yield return HubDoor.Name;
        }

        if (row.Rest is not null)
        {
            yield return RestDoor.Name;
        }
    }
}
