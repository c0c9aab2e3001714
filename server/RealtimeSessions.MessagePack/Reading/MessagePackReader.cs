using System.Buffers.Binary;
using System.Text;

namespace RealtimeSessions.MessagePack.Reading;

/// <summary>
/// Reads MessagePack that anybody may have sent: what is not there in full, or cannot be for its length, is an
/// <see cref="InvalidDataException"/>, before anything is made of it.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Unicode = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether everything is read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads a value; of a container only how much follows, which is not more than what is left can hold.</summary>
    public Token Read()
    {
        var format = Take(1)[0];
        switch (format)
        {
            case < Format.FixMap:
                return Integer(format);
            case < Format.FixArray:
                return Map((uint)(format & 0x0F));
            case < Format.FixString:
                return Array((uint)(format & 0x0F));
            case < Format.Nil:
                return new(TokenKind.String) { Bytes = Take((uint)(format & 0x1F)) };
            case >= Format.NegativeFix:
                return Integer((sbyte)format);
        }

        return format switch
        {
            Format.Nil => new(TokenKind.Nil),
            Format.False => new(TokenKind.False),
            Format.True => new(TokenKind.True),
            Format.Float32 => new(TokenKind.Float32) { Number = Unsigned(4) },
            Format.Float64 => new(TokenKind.Float64) { Number = Unsigned(8) },
            Format.Unsigned8 => Integer(Unsigned(1)),
            Format.Unsigned16 => Integer(Unsigned(2)),
            Format.Unsigned32 => Integer(Unsigned(4)),
            Format.Unsigned64 => Unsigned(8) is var number && number < 0 ? new(TokenKind.LargeInteger) { Number = number } : Integer(number),
            Format.Signed8 => Integer((sbyte)Unsigned(1)),
            Format.Signed16 => Integer((short)Unsigned(2)),
            Format.Signed32 => Integer((int)Unsigned(4)),
            Format.Signed64 => Integer(Unsigned(8)),
            Format.String8 or Format.String16 or Format.String32 => new(TokenKind.String) { Bytes = Take(Length(format - Format.String8)) },
            Format.Binary8 or Format.Binary16 or Format.Binary32 => new(TokenKind.Binary) { Bytes = Take(Length(format - Format.Binary8)) },
            Format.Extension8 or Format.Extension16 or Format.Extension32 => Extension(Length(format - Format.Extension8)),
            >= Format.FixExtension1 and <= Format.FixExtension16 => Extension(1u << (format - Format.FixExtension1)),
            Format.Array16 => Array(Length(1)),
            Format.Array32 => Array(Length(2)),
            Format.Map16 => Map(Length(1)),
            Format.Map32 => Map(Length(2)),
            _ => throw new InvalidDataException("The message holds a byte that begins no value."),
        };
    }

    /// <summary>Passes over a value.</summary>
    /// <param name="depth">How many containers it is in.</param>
    public void Skip(int depth)
    {
        var token = Read();
        if (token.Kind is not (TokenKind.Array or TokenKind.Map))
        {
            return;
        }

        ThrowIfTooDeep(depth);
        for (var left = token.Kind == TokenKind.Map ? 2 * token.Number : token.Number; left > 0; left--)
        {
            Skip(depth + 1);
        }
    }

    /// <summary>A container begins that lies in so many others.</summary>
    public static void ThrowIfTooDeep(int depth)
    {
        if (depth >= Format.MaximumDepth)
        {
            throw new InvalidDataException($"The message nests deeper than {Format.MaximumDepth}.");
        }
    }

    /// <summary>Reads the length of an array that must be there.</summary>
    public int ReadArray() => (int)Expect(TokenKind.Array).Number;

    /// <summary>Reads the length of a map that must be there.</summary>
    public int ReadMap() => (int)Expect(TokenKind.Map).Number;

    /// <summary>Reads an integer that must be there.</summary>
    public long ReadInteger() => Expect(TokenKind.Integer).Number;

    /// <summary>Reads a string that must be there, as it is.</summary>
    public ReadOnlySpan<byte> ReadUtf8() => Expect(TokenKind.String).Bytes;

    /// <summary>Reads a string that must be there.</summary>
    public string ReadString() => ToText(ReadUtf8());

    /// <summary>Reads a string or nil.</summary>
    public string? ReadStringOrNil()
    {
        var token = Read();
        return token.Kind == TokenKind.Nil ? null : ToText(Expect(TokenKind.String, token).Bytes);
    }

    /// <summary>Reads a boolean that must be there.</summary>
    public bool ReadBoolean()
    {
        var token = Read();
        return token.Kind == TokenKind.True || (Expect(TokenKind.False, token).Kind != TokenKind.False);
    }

    /// <summary>The text of a string, which must be Unicode.</summary>
    public static string ToText(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Unicode.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("The message holds a string that is not Unicode.");
        }
    }

    private static Token Integer(long value) => new(TokenKind.Integer) { Number = value };

    private static Token Expect(TokenKind kind, Token token) =>
        token.Kind == kind ? token : throw new InvalidDataException($"The message holds {token.Kind} in the place of {kind}.");

    private Token Expect(TokenKind kind) => Expect(kind, Read());

    private readonly Token Array(uint count) => new(TokenKind.Array) { Number = count <= _rest.Length ? count : throw Incomplete() };

    private readonly Token Map(uint count) => new(TokenKind.Map) { Number = count <= _rest.Length / 2 ? count : throw Incomplete() };

    private Token Extension(uint length)
    {
        var type = (sbyte)Take(1)[0];
        return new(TokenKind.Extension) { Number = type, Bytes = Take(length) };
    }

    /// <param name="size">0 for a length of 8 bits, 1 for 16, 2 for 32.</param>
    private uint Length(int size) => (uint)Unsigned(1 << size);

    private long Unsigned(int size)
    {
        var bytes = Take((uint)size);
        return size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > _rest.Length)
        {
            throw Incomplete();
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private static InvalidDataException Incomplete() => new("The message ends within a value.");
}
