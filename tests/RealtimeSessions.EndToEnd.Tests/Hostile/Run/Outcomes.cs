using System.Collections.Concurrent;
using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>What became of the requests: how many of each kind, and every one of which something became that must not.</summary>
internal sealed class Outcomes
{
    private const int MaximumFailures = 10;

    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentQueue<string> _failures = new();

    public int Total => _counts.Values.Sum();

    /// <summary>Whether so much has gone wrong that more would tell no more.</summary>
    public bool IsHopeless => _failures.Count >= MaximumFailures;

    public void Add(string outcome) => _counts.AddOrUpdate(outcome, 1, (_, count) => count + 1);

    public void Fail(int seed, string kind, IEnumerable<byte[]> bytes, Exception exception)
    {
        Add($"{kind}: failed");
        _failures.Enqueue($"Seed {seed}, {kind}: {exception.Message}\n{string.Join('\n', bytes.Select(sent => $"  > {RawText.Show(sent)}"))}");
    }

    public void AssertNoFailures() => Assert.True(_failures.IsEmpty, string.Join("\n\n", _failures));

    public override string ToString() =>
        string.Join('\n', _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"  {pair.Value,8}  {pair.Key}")
            .Prepend($"{Total} requests"));
}
