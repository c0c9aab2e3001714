namespace RealtimeSessions.Protocol.Data;

/// <summary>A scalar or an array: an atom that is replaced whole.</summary>
internal sealed class LeafTree : JsonTree
{
    private readonly byte[] _utf8;

    /// <param name="utf8">The canonical text, not null's; owned by this value from now on.</param>
    public LeafTree(byte[] utf8) => _utf8 = utf8;

    public static new LeafTree Null { get; } = new("null"u8.ToArray());

    public static LeafTree True { get; } = new("true"u8.ToArray());

    public static LeafTree False { get; } = new("false"u8.ToArray());

    /// <summary>A string.</summary>
    public static new LeafTree From(string text)
    {
        var utf8 = new byte[JsonText.Weight(text)];
        JsonText.Write(text, utf8);
        return new LeafTree(utf8);
    }

    /// <summary>The canonical text.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    public override int Weight => _utf8.Length;

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_utf8);
        return hash.ToHashCode();
    }

    internal override int Write(Span<byte> destination)
    {
        _utf8.CopyTo(destination);
        return _utf8.Length;
    }

    private protected override bool HasSameContent(JsonTree other) =>
        other is LeafTree leaf && _utf8.AsSpan().SequenceEqual(leaf._utf8);

    /// <summary>Counts the brackets outside strings.</summary>
    private protected override bool NestsDeeperThan(int depth)
    {
        var open = 0;
        for (var i = 0; i < _utf8.Length; i++)
        {
            switch (_utf8[i])
            {
                case (byte)'"':
                    i = EndOfString(i);
                    break;
                case (byte)'[' or (byte)'{':
                    if (++open > depth)
                    {
                        return true;
                    }

                    break;
                case (byte)']' or (byte)'}':
                    open--;
                    break;
            }
        }

        return false;
    }

    private int EndOfString(int start)
    {
        var end = start + 1;
        while (_utf8[end] != (byte)'"')
        {
            end += _utf8[end] == (byte)'\\' ? 2 : 1;
        }

        return end;
    }
}
