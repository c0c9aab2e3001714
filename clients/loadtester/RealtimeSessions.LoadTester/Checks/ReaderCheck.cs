using System.Globalization;

namespace RealtimeSessions.LoadTester.Checks;

/// <summary>
/// What one connection has been told of its session: whether each event came, once and in order. Its state is a position, a digest of all events up to there, and the gaps
/// before it. Not thread-safe: it lives under the lock of its <see cref="SessionLedger"/>.
/// </summary>
/// <param name="name">The connection, in the words of the report.</param>
/// <param name="findings">Where what is wrong goes.</param>
internal sealed class ReaderCheck(string name, Findings findings)
{
    // A gap that is forgotten only tells a late event for a double.
    private const int MaximumGaps = 1_000;

    private List<(long From, long To)>? _gaps;

    /// <summary>The connection.</summary>
    public string Name => name;

    /// <summary>The epoch of the log; null before the first state.</summary>
    public string? Epoch { get; private set; }

    /// <summary>The sequence of the last event; -1 before the first state.</summary>
    public long Last { get; private set; } = -1;

    /// <summary>The digest of what it holds; null where that cannot be told, since something is missing.</summary>
    public ulong? Digest { get; set; }

    /// <summary>Starts at a state.</summary>
    public void Reset(string epoch, long sequence)
    {
        (Epoch, Last, Digest) = (epoch, sequence, null);
        _gaps = null;
    }

    /// <summary>The next event came in its order.</summary>
    public void Advance(ulong? digest)
    {
        Last++;
        Digest = digest;
    }

    /// <summary>Takes the place of an event.</summary>
    /// <returns>Whether it comes after all before.</returns>
    public bool Take(long sequence)
    {
        if (Last < 0)
        {
            findings.Add(Finding.OutOfOrder, () => Say($"got event {sequence} before any state"));
            return false;
        }

        if (sequence <= Last)
        {
            TakeLate(sequence);
            return false;
        }

        if (sequence > Last + 1)
        {
            Miss(Last + 1, sequence - 1, $"before {sequence}");
            Digest = null;
        }

        Last = sequence;
        return true;
    }

    /// <summary>Nothing more comes, and the session ends here.</summary>
    public void End(long head)
    {
        // Without any state it never was in the session.
        if (Last >= 0 && Last < head)
        {
            Miss(Last + 1, head, "at the end");
            (Last, Digest) = (head, null);
        }
    }

    /// <summary>A finding's text.</summary>
    public string Say(FormattableString what) => $"{name} {what.ToString(CultureInfo.InvariantCulture)}.";

    private void Miss(long from, long to, string where)
    {
        findings.Add(Finding.Lost, () => Say($"misses {(from == to ? $"event {from}" : $"events {from} to {to}")} {where}"), to - from + 1);
        _gaps ??= [];
        if (_gaps.Count == MaximumGaps)
        {
            _gaps.RemoveAt(0);
        }

        _gaps.Add((from, to));
    }

    private void TakeLate(long sequence)
    {
        var i = _gaps?.FindIndex(gap => gap.From <= sequence && sequence <= gap.To) ?? -1;
        if (i < 0)
        {
            findings.Add(Finding.Doubled, () => Say($"got event {sequence} again, being at {Last}"));
            return;
        }

        var (from, to) = _gaps![i];
        _gaps.RemoveAt(i);
        _gaps.AddRange(from < sequence ? [(from, sequence - 1)] : []);
        _gaps.AddRange(sequence < to ? [(sequence + 1, to)] : []);
        findings.Found(1);
        findings.Add(Finding.OutOfOrder, () => Say($"got event {sequence} after {Last}"));
    }
}
