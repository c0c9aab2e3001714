namespace RealtimeSessions.Protocol.Data;

/// <summary>The members of the objects being read: those of an inner object lie above those of the outer one.</summary>
internal sealed class MemberStack
{
    private JsonMember[] _members = new JsonMember[64];

    public int Count { get; private set; }

    public int Capacity => _members.Length;

    public void Push(JsonMember member)
    {
        if (Count == _members.Length)
        {
            Array.Resize(ref _members, 2 * Count);
        }

        _members[Count++] = member;
    }

    /// <summary>Sorts the members from the given one up by name, and refuses a name that is there twice.</summary>
    public ReadOnlySpan<JsonMember> Sort(int first)
    {
        var members = _members.AsSpan(first, Count - first);
        for (var i = 1; i < members.Length; i++)
        {
            if (string.CompareOrdinal(members[i - 1].Name, members[i].Name) >= 0)
            {
                members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
                RefuseDuplicate(members);
                break;
            }
        }

        return members;
    }

    /// <summary>Forgets the members from the given one up.</summary>
    public void Pop(int first)
    {
        Array.Clear(_members, first, Count - first);
        Count = first;
    }

    private static void RefuseDuplicate(ReadOnlySpan<JsonMember> sorted)
    {
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i - 1].Name == sorted[i].Name)
            {
                throw JsonRefusal.Duplicate(sorted[i].Name);
            }
        }
    }
}
