namespace RealtimeSessions.MessagePack;

/// <summary>The first bytes of MessagePack values, as its specification names them.</summary>
internal static class Format
{
    public const byte
        FixMap = 0x80, FixArray = 0x90, FixString = 0xA0,
        Nil = 0xC0, Unused = 0xC1, False = 0xC2, True = 0xC3,
        Binary8 = 0xC4, Binary16 = 0xC5, Binary32 = 0xC6,
        Extension8 = 0xC7, Extension16 = 0xC8, Extension32 = 0xC9,
        Float32 = 0xCA, Float64 = 0xCB,
        Unsigned8 = 0xCC, Unsigned16 = 0xCD, Unsigned32 = 0xCE, Unsigned64 = 0xCF,
        Signed8 = 0xD0, Signed16 = 0xD1, Signed32 = 0xD2, Signed64 = 0xD3,
        FixExtension1 = 0xD4, FixExtension16 = 0xD8,
        String8 = 0xD9, String16 = 0xDA, String32 = 0xDB,
        Array16 = 0xDC, Array32 = 0xDD, Map16 = 0xDE, Map32 = 0xDF,
        NegativeFix = 0xE0;

    /// <summary>The most that <see cref="FixString"/>, <see cref="FixMap"/> and <see cref="FixArray"/> can tell.</summary>
    public const int LongestFixString = 31, LargestFixContainer = 15;

    /// <summary>The longest header of a string or a container.</summary>
    public const int LongestHeader = 5;

    /// <summary>How deep containers nest at most, those of the message around a value included: as deep as in the hub protocol <c>json</c>.</summary>
    public const int MaximumDepth = 64;
}
