using System.Buffers;
using System.Text;

namespace RealtimeSessions.MessagePack.Writing;

/// <summary>
/// Writes MessagePack, every value in its smallest format, and makes a frame of it in the end. What is written must come to one value; nothing
/// checks that. One writer serves a thread again and again, for the sake of its buffer: <see cref="Rent"/> it and dispose of it. Not thread-safe.
/// </summary>
public sealed class MessagePackWriter : IDisposable
{
    /// <summary>A larger buffer is not kept for the next frame.</summary>
    private const int KeptBytes = 64 * 1024;

    private const int FirstBytes = 1024;

    [ThreadStatic]
    private static MessagePackWriter? _idle;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _end;

    private MessagePackWriter()
    {
    }

    /// <summary>An empty writer.</summary>
    public static MessagePackWriter Rent()
    {
        var writer = _idle ?? new MessagePackWriter();
        _idle = null;
        writer._end = VarInt.MaximumLength;
        return writer;
    }

    /// <summary>Writes nil.</summary>
    public void WriteNil() => WriteByte(Format.Nil);

    /// <summary>Writes true or false.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? Format.True : Format.False);

    /// <summary>Writes an integer.</summary>
    public void WriteInteger(long value) => _end += Put.Integer(Free(9), value);

    /// <summary>Writes a string.</summary>
    /// <param name="utf8">Its text.</param>
    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        var free = Free(utf8.Length + Format.LongestHeader);
        var header = Put.StringHeader(free, utf8.Length);
        utf8.CopyTo(free[header..]);
        _end += header + utf8.Length;
    }

    /// <summary>Writes a string.</summary>
    /// <param name="text">Its text; half a surrogate pair becomes a replacement character.</param>
    public void WriteString(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var free = Free(length + Format.LongestHeader);
        var header = Put.StringHeader(free, length);
        Encoding.UTF8.GetBytes(text, free[header..]);
        _end += header + length;
    }

    /// <summary>Begins an array whose elements follow.</summary>
    public void WriteArrayHeader(int count) => _end += Put.ContainerHeader(Free(Format.LongestHeader), count, Format.FixArray);

    /// <summary>Begins a map whose members follow, each its key and its value.</summary>
    public void WriteMapHeader(int count) => _end += Put.ContainerHeader(Free(Format.LongestHeader), count, Format.FixMap);

    /// <summary>Begins a map whose members are counted when all of them are written.</summary>
    /// <returns>What <see cref="EndMap"/> is to be given.</returns>
    public int BeginMap()
    {
        WriteByte(Format.FixMap);
        return _end - 1;
    }

    /// <summary>Ends a map.</summary>
    /// <param name="start">What <see cref="BeginMap"/> gave.</param>
    /// <param name="count">How many members were written since.</param>
    public void EndMap(int start, int count)
    {
        Free(Format.LongestHeader);
        _end = Put.ContainerHeaderBefore(_buffer, start, _end, count, Format.FixMap);
    }

    /// <summary>Writes a JSON value.</summary>
    /// <param name="json">One value as a serializer wrote it: UTF-8, not looked at more closely than to understand it.</param>
    /// <exception cref="System.Text.Json.JsonException">It is none, or nests deeper than 128.</exception>
    public void WriteJson(ReadOnlySpan<byte> json) => _end += JsonScanner.Scan(json, this);

    /// <summary>Writes the members of a JSON object, and nothing around them.</summary>
    /// <param name="json">The object, as for <see cref="WriteJson"/>.</param>
    /// <returns>How many they are.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is none, or nests deeper than 128.</exception>
    public int WriteMembers(ReadOnlySpan<byte> json)
    {
        _end += JsonScanner.ScanMembers(json, this, out var count);
        return count;
    }

    /// <summary>What was written, with its length before it.</summary>
    public byte[] ToFrame() => Frame().ToArray();

    /// <summary>Copies what was written, with its length before it.</summary>
    public void CopyFrameTo(IBufferWriter<byte> output) => output.Write(Frame());

    /// <summary>Gives it back. What it wrote is gone.</summary>
    public void Dispose()
    {
        if (_buffer.Length > KeptBytes)
        {
            Replace(ArrayPool<byte>.Shared.Rent(FirstBytes));
        }

        _idle = this;
    }

    /// <summary>Where <see cref="JsonScanner"/> remembers the containers that it is in.</summary>
    internal JsonContainer[] Containers { get; } = new JsonContainer[JsonScanner.MaximumDepth];

    /// <summary>The buffer behind what is written.</summary>
    /// <param name="atLeast">How much is needed.</param>
    /// <param name="used">How much of it is used already, and has to stay.</param>
    internal Span<byte> Free(int atLeast, int used = 0)
    {
        if (_buffer.Length - _end < atLeast)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_end + atLeast, _buffer.Length * 2));
            _buffer.AsSpan(0, _end + used).CopyTo(larger);
            Replace(larger);
        }

        return _buffer.AsSpan(_end);
    }

    private void Replace(byte[] buffer)
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = buffer;
    }

    private void WriteByte(byte value)
    {
        Free(1)[0] = value;
        _end++;
    }

    private ReadOnlySpan<byte> Frame()
    {
        var length = _end - VarInt.MaximumLength;
        var start = VarInt.MaximumLength - VarInt.LengthOf(length);
        VarInt.Write(length, _buffer.AsSpan(start));
        return _buffer.AsSpan(start.._end);
    }
}
