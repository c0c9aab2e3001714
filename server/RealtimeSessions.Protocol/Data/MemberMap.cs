namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// A persistent map from names to values in ordinal order of the names: a B+ tree. A small map is one page, a plain sorted
/// array; a change copies one node for each level and shares all others.
/// </summary>
internal abstract class MemberMap
{
    /// <summary>The most entries a node may hold.</summary>
    protected const int Width = 32;

    /// <summary>The entries of a node when built in bulk, so that the first insertions do not split it.</summary>
    private const int Fill = 24;

    public static MemberMap Empty { get; } = new MemberPage([]);

    /// <summary>The number of members, counted page by page.</summary>
    public abstract int Count { get; }

    /// <summary>The number of entries in this very node.</summary>
    protected internal abstract int Size { get; }

    /// <summary>The value under the name; <c>null</c> if there is none.</summary>
    public abstract JsonTree? Find(string name);

    /// <summary>The sorted pages this map is made of, in order.</summary>
    public abstract IEnumerable<JsonMember[]> Pages();

    /// <summary>Builds a map from members that are sorted and different.</summary>
    public static MemberMap FromSorted(ReadOnlySpan<JsonMember> members)
    {
        if (members.Length <= Width)
        {
            return members.IsEmpty ? Empty : new MemberPage(members.ToArray());
        }

        var pages = new MemberBranch.Entry[Groups(members.Length)];
        for (var i = 0; i < pages.Length; i++)
        {
            var page = members[GroupStart(members.Length, pages.Length, i)..GroupStart(members.Length, pages.Length, i + 1)];
            pages[i] = new(page[0].Name, new MemberPage(page.ToArray()));
        }

        return Over(pages);
    }

    /// <summary>The map with this value under the name.</summary>
    public MemberMap Set(string name, JsonTree value)
    {
        var left = Set(name, value, out var right);
        return right is { } split ? new MemberBranch([new(string.Empty, left), split]) : left;
    }

    /// <summary>The map without the name; this map itself if it has no such name.</summary>
    public MemberMap Remove(string name)
    {
        var rest = RemoveWithin(name);
        while (rest is MemberBranch { OnlyNode: { } only })
        {
            rest = only;
        }

        return rest.Size == 0 ? Empty : rest;
    }

    /// <summary>Sets the value; where the node overflows, it becomes two, and the second one is handed back.</summary>
    protected internal abstract MemberMap Set(string name, JsonTree value, out MemberBranch.Entry? right);

    /// <summary>Removes the name; the node that remains may be small or empty.</summary>
    protected internal abstract MemberMap RemoveWithin(string name);

    /// <summary>This node with the entries of the next one behind its own.</summary>
    protected internal abstract MemberMap Join(string from, MemberMap next);

    private static MemberMap Over(MemberBranch.Entry[] level)
    {
        while (level.Length > Width)
        {
            var above = new MemberBranch.Entry[Groups(level.Length)];
            for (var i = 0; i < above.Length; i++)
            {
                var group = level[GroupStart(level.Length, above.Length, i)..GroupStart(level.Length, above.Length, i + 1)];
                above[i] = new(group[0].From, new MemberBranch(group));
            }

            level = above;
        }

        return new MemberBranch(level);
    }

    private static int Groups(int count) => (count + Fill - 1) / Fill;

    private static int GroupStart(int count, int groups, int group) => (int)((long)count * group / groups);

    /// <summary>A copy with the item inserted.</summary>
    protected static T[] Insert<T>(T[] items, int index, T item)
    {
        var copy = new T[items.Length + 1];
        items.AsSpan(0, index).CopyTo(copy);
        copy[index] = item;
        items.AsSpan(index).CopyTo(copy.AsSpan(index + 1));
        return copy;
    }

    /// <summary>A copy with the item replaced.</summary>
    protected static T[] Replace<T>(T[] items, int index, T item)
    {
        var copy = items.AsSpan().ToArray();
        copy[index] = item;
        return copy;
    }

    /// <summary>A copy without the item.</summary>
    protected static T[] RemoveAt<T>(T[] items, int index)
    {
        var copy = new T[items.Length - 1];
        items.AsSpan(0, index).CopyTo(copy);
        items.AsSpan(index + 1).CopyTo(copy.AsSpan(index));
        return copy;
    }
}
