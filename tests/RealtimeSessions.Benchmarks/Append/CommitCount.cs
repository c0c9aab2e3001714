using System.Buffers.Binary;
using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.Benchmarks.Append;

/// <summary>Counts a database's transactions from outside: in WAL mode SQLite keeps a counter of them at a documented place of its shared memory.</summary>
/// <param name="folder">Where the database is.</param>
internal sealed class CommitCount(string folder)
{
    private const int CounterPlace = 8;

    /// <summary>Transactions so far; the counter wraps around at 2^32.</summary>
    public uint Read()
    {
        using var index = new FileStream(
            Path.Combine(folder, EmbeddedDatabase.FileName + "-shm"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> counter = stackalloc byte[sizeof(uint)];
        index.Position = CounterPlace;
        index.ReadExactly(counter);
        return BinaryPrimitives.ReadUInt32LittleEndian(counter);
    }
}
