using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>
/// A file beside the database with what was appended since the last commit. A group of appends is stored by one short write to it, while SQLite
/// writes a page of 4 KiB for every log in the group; so the database's transaction stays open over many groups, and every page is written once
/// for all of them. After a crash the appends are made again from here. Used by the writer alone, unless it says otherwise.
/// </summary>
/// <remarks>
/// The file is written over from its beginning after each commit, and stays at about half a MiB. It begins with a header: 8 bytes "RSJRNL01" and
/// 8 bytes of salt, another one each time. Records follow: 4 bytes length, 4 bytes CRC-32C over the salt and the content, and the content. The first
/// that does not fit its sum ends the journal: what follows is left from before. Numbers are little endian.
/// </remarks>
internal sealed class Journal : IDisposable
{
    public const string FileName = "realtime.journal";

    private const int HeaderBytes = 16;
    private const int RecordHeadBytes = 8;

    // A commit of what fits takes a few milliseconds.
    private const int MaximumBytes = 512 * 1024;

    private readonly SafeFileHandle _file;
    private readonly MemoryStream _group = new();
    private readonly BinaryWriter _writer;
    private long _salt;
    private long _end;
    private long _groupStart;
    private bool _isBypassed;

    private Journal(SafeFileHandle file)
    {
        (_file, _writer) = (file, new BinaryWriter(_group));
        _end = RandomAccess.GetLength(file);
        Discard();
    }

    /// <summary>Whether it holds nothing that is not committed. For any thread.</summary>
    public bool IsEmpty => Volatile.Read(ref _end) == 0;

    /// <summary>Opens the file, and makes it if it is not there.</summary>
    public static Journal Open(string file) => new(File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));

    /// <summary>Says that the present group writes what the journal cannot hold: it is to be committed.</summary>
    public void Bypass() => _isBypassed = true;

    /// <summary>Adds a record to the present group.</summary>
    /// <param name="write">Writes the content.</param>
    /// <param name="state">What it writes.</param>
    /// <param name="bytes">What the content weighs at least.</param>
    public void Add<T>(Action<BinaryWriter, T> write, T state, long bytes)
    {
        _isBypassed |= _end + _group.Position + bytes > MaximumBytes;
        if (_isBypassed)
        {
            return;
        }

        var start = (int)_group.Position;
        _writer.Write(0L);
        write(_writer, state);
        var record = _group.GetBuffer().AsSpan(start, (int)_group.Position - start);
        var content = record[RecordHeadBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(record, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[sizeof(int)..], Sum(_salt, content));
    }

    /// <summary>Stores the present group, if there is anything in it.</summary>
    /// <returns>False: it is to be committed.</returns>
    public bool TryWrite()
    {
        if (_isBypassed)
        {
            return false;
        }

        if (_group.Position == _groupStart)
        {
            return true;
        }

        RandomAccess.Write(_file, _group.GetBuffer().AsSpan(0, (int)_group.Position), _end);
        Volatile.Write(ref _end, _end + _group.Position);
        (_group.Position, _groupStart) = (0, 0);
        return true;
    }

    /// <summary>Forgets everything: it is committed.</summary>
    public void Clear()
    {
        Volatile.Write(ref _end, 0);
        Discard();
    }

    /// <summary>Forgets the present group.</summary>
    public void Discard()
    {
        (_isBypassed, _group.Position) = (false, 0);
        if (_end == 0)
        {
            _salt = Random.Shared.NextInt64();
            _writer.Write(Magic);
            _writer.Write(_salt);
        }

        _groupStart = _group.Position;
    }

    /// <summary>Reads the contents of the records that were stored.</summary>
    public List<ReadOnlyMemory<byte>> Read()
    {
        var bytes = new byte[_end];
        var length = 0;
        for (int read; length < bytes.Length && (read = RandomAccess.Read(_file, bytes.AsSpan(length), length)) > 0; length += read)
        {
        }

        var records = new List<ReadOnlyMemory<byte>>();
        if (length < HeaderBytes || !bytes.AsSpan().StartsWith(Magic))
        {
            return records;
        }

        var salt = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(Magic.Length));
        var rest = bytes.AsMemory(HeaderBytes, length - HeaderBytes);
        while (TryTake(ref rest, salt) is { } content)
        {
            records.Add(content);
        }

        return records;
    }

    public void Dispose() => _file.Dispose();

    private static ReadOnlySpan<byte> Magic => "RSJRNL01"u8;

    private static ReadOnlyMemory<byte>? TryTake(ref Memory<byte> rest, long salt)
    {
        if (rest.Length < RecordHeadBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        if (length <= 0 || length > rest.Length - RecordHeadBytes)
        {
            return null;
        }

        var content = rest.Slice(RecordHeadBytes, length);
        if (Sum(salt, content.Span) != BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[sizeof(int)..]))
        {
            return null;
        }

        rest = rest[(RecordHeadBytes + length)..];
        return content;
    }

    private static uint Sum(long salt, ReadOnlySpan<byte> content)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (ulong)salt);
        var words = MemoryMarshal.Cast<byte, ulong>(content);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var value in content[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return sum;
    }
}
