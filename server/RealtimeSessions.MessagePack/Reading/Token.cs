namespace RealtimeSessions.MessagePack.Reading;

/// <summary>What a value is.</summary>
internal enum TokenKind
{
    Nil,
    False,
    True,

    /// <summary>An integer of 64 bits with its sign, in <see cref="Token.Number"/>.</summary>
    Integer,

    /// <summary>A larger one without, in <see cref="Token.Number"/> all the same.</summary>
    LargeInteger,
    Float32,
    Float64,
    String,
    Binary,
    Extension,
    Array,
    Map,
}

/// <summary>A value, or where a container begins.</summary>
internal readonly ref struct Token(TokenKind kind)
{
    public TokenKind Kind => kind;

    /// <summary>Of an integer its value, of a float its bits, of an array or a map how many elements or members follow, of an extension its type.</summary>
    public long Number { get; init; }

    /// <summary>The content of a string, a binary or an extension.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }
}
