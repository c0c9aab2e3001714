using System.Diagnostics.CodeAnalysis;

namespace RealtimeSessions.Protocol.Data;

/// <summary>An object: a persistent map of members and the weight they sum up to.</summary>
internal sealed class ObjectTree : JsonTree
{
    private readonly MemberMap _members;

    private ObjectTree(MemberMap members, int weight) => (_members, Weight) = (members, weight);

    public static new ObjectTree Empty { get; } = new(MemberMap.Empty, "{}".Length);

    public override int Weight { get; }

    public override JsonMembers Members => new(_members);

    /// <summary>Builds an object from members that are sorted and different.</summary>
    /// <param name="members">The members.</param>
    /// <param name="memberWeight">The sum of their <see cref="MemberWeight"/>.</param>
    public static ObjectTree FromSorted(ReadOnlySpan<JsonMember> members, int memberWeight) =>
        members.IsEmpty ? Empty : new(MemberMap.FromSorted(members), 1 + memberWeight);

    /// <summary>What one member adds: name, colon, value, and a comma or the closing brace.</summary>
    public static int MemberWeight(int nameWeight, JsonTree value) => nameWeight + value.Weight + 2;

    public override bool TryGetMember(string name, [NotNullWhen(true)] out JsonTree? value)
    {
        value = _members.Find(name);
        return value is not null;
    }

    public override JsonTree With(string name, JsonTree value) => Replace(name, _members.Find(name), value);

    public override JsonTree Without(string name) => Replace(name, _members.Find(name), null);

    /// <summary>This object with another value under the name; <c>null</c> stands for no member.</summary>
    /// <param name="name">The name.</param>
    /// <param name="old">What stands there now.</param>
    /// <param name="value">What shall stand there.</param>
    public ObjectTree Replace(string name, JsonTree? old, JsonTree? value)
    {
        if (ReferenceEquals(old, value))
        {
            return this;
        }

        if (value is null)
        {
            var weight = Weight - MemberWeight(JsonText.Weight(name), old!);
            return weight == 1 ? Empty : new(_members.Remove(name), weight);
        }

        var more = old is null ? MemberWeight(JsonText.Weight(name), value) : value.Weight - old.Weight;
        return new(_members.Set(name, value), (Weight == Empty.Weight ? 1 : Weight) + more);
    }

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in Members)
        {
            hash.Add(name);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    internal override int Write(Span<byte> destination)
    {
        destination[0] = (byte)'{';
        var length = 1;
        foreach (var (name, value) in Members)
        {
            length += JsonText.Write(name, destination[length..]);
            destination[length++] = (byte)':';
            length += value.Write(destination[length..]);
            destination[length++] = (byte)',';
        }

        // The closing brace takes the place of the last comma.
        length = Math.Max(length, Empty.Weight);
        destination[length - 1] = (byte)'}';
        return length;
    }

    private protected override bool HasSameContent(JsonTree other)
    {
        if (other is not ObjectTree)
        {
            return false;
        }

        using var theirs = other.Members.GetEnumerator();
        foreach (var member in Members)
        {
            if (!theirs.MoveNext() || theirs.Current != member)
            {
                return false;
            }
        }

        return !theirs.MoveNext();
    }

    private protected override bool NestsDeeperThan(int depth)
    {
        if (depth < 1)
        {
            return true;
        }

        foreach (var member in Members)
        {
            if (member.Value.IsDeeperThan(depth - 1))
            {
                return true;
            }
        }

        return false;
    }
}
