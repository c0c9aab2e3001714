namespace RealtimeSessions.Protocol.Data;

/// <summary>An inner node of a <see cref="MemberMap"/>.</summary>
/// <param name="entries">At least one; all their nodes have the same height.</param>
internal sealed class MemberBranch(MemberBranch.Entry[] entries) : MemberMap
{
    /// <summary>A node below this size is joined with a neighbour where both fit into one.</summary>
    private const int Sparse = Width / 4;

    private readonly Entry[] _entries = entries;

    /// <param name="From">
    /// At most the node's lowest name and above every name of the node before. The first entry of a branch also takes what is lower.
    /// </param>
    /// <param name="Node">The node.</param>
    internal readonly record struct Entry(string From, MemberMap Node);

    public override int Count => _entries.Sum(entry => entry.Node.Count);

    /// <summary>The node below, if there is just one.</summary>
    public MemberMap? OnlyNode => _entries is [var only] ? only.Node : null;

    protected internal override int Size => _entries.Length;

    public override JsonTree? Find(string name) => _entries[IndexFor(name)].Node.Find(name);

    public override IEnumerable<JsonMember[]> Pages() => _entries.SelectMany(entry => entry.Node.Pages());

    protected internal override MemberMap Set(string name, JsonTree value, out Entry? right)
    {
        var index = IndexFor(name);
        var node = _entries[index].Node.Set(name, value, out right);
        var entries = Replace(_entries, index, _entries[index] with { Node = node });
        if (right is not { } split)
        {
            return new MemberBranch(entries);
        }

        entries = Insert(entries, index + 1, split);
        if (entries.Length <= Width)
        {
            right = null;
            return new MemberBranch(entries);
        }

        var half = entries.Length / 2;
        right = new(entries[half].From, new MemberBranch(entries[half..]));
        return new MemberBranch(entries[..half]);
    }

    protected internal override MemberMap RemoveWithin(string name)
    {
        var index = IndexFor(name);
        var entry = _entries[index];
        var rest = entry.Node.RemoveWithin(name);
        if (ReferenceEquals(rest, entry.Node))
        {
            return this;
        }

        if (rest.Size == 0)
        {
            return new MemberBranch(RemoveAt(_entries, index));
        }

        var entries = Replace(_entries, index, entry with { Node = rest });
        return new MemberBranch(
            rest.Size >= Sparse ? entries
            : index > 0 && Fits(entries, index - 1) ? JoinWithNext(entries, index - 1)
            : index + 1 < entries.Length && Fits(entries, index) ? JoinWithNext(entries, index)
            : entries);
    }

    protected internal override MemberMap Join(string from, MemberMap next)
    {
        var behind = ((MemberBranch)next)._entries;
        return new MemberBranch([.. _entries, behind[0] with { From = from }, .. behind.AsSpan(1)]);
    }

    private static bool Fits(Entry[] entries, int index) => entries[index].Node.Size + entries[index + 1].Node.Size <= Width;

    private static Entry[] JoinWithNext(Entry[] entries, int index)
    {
        var (left, right) = (entries[index], entries[index + 1]);
        var joined = RemoveAt(entries, index + 1);
        joined[index] = left with { Node = left.Node.Join(right.From, right.Node) };
        return joined;
    }

    /// <summary>The entry that has the name if any has it: the last one that does not begin above it.</summary>
    private int IndexFor(string name)
    {
        var (low, high) = (1, _entries.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = string.CompareOrdinal(_entries[middle].From, name) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
