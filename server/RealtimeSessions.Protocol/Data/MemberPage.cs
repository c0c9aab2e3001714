namespace RealtimeSessions.Protocol.Data;

/// <summary>The lowest node of a <see cref="MemberMap"/>: a sorted array of members.</summary>
internal sealed class MemberPage(JsonMember[] members) : MemberMap
{
    public JsonMember[] Members { get; } = members;

    public override int Count => Members.Length;

    protected internal override int Size => Members.Length;

    public override JsonTree? Find(string name)
    {
        var index = IndexOf(name);
        return index >= 0 ? Members[index].Value : null;
    }

    public override IEnumerable<JsonMember[]> Pages() => [Members];

    protected internal override MemberMap Set(string name, JsonTree value, out MemberBranch.Entry? right)
    {
        right = null;
        var index = IndexOf(name);
        if (index >= 0)
        {
            return new MemberPage(Replace(Members, index, new(Members[index].Name, value)));
        }

        var members = Insert(Members, ~index, new(name, value));
        if (members.Length <= Width)
        {
            return new MemberPage(members);
        }

        var half = members.Length / 2;
        right = new(members[half].Name, new MemberPage(members[half..]));
        return new MemberPage(members[..half]);
    }

    protected internal override MemberMap RemoveWithin(string name)
    {
        var index = IndexOf(name);
        return index < 0 ? this : new MemberPage(RemoveAt(Members, index));
    }

    protected internal override MemberMap Join(string from, MemberMap next) => new MemberPage([.. Members, .. ((MemberPage)next).Members]);

    /// <summary>Where the name is, or the complement of where it would be.</summary>
    private int IndexOf(string name)
    {
        var (low, high) = (0, Members.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(Members[middle].Name, name);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
