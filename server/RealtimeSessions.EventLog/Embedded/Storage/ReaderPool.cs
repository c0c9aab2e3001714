using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>
/// Connections that read. Each read is one transaction: it sees one moment of the database, with everything that was committed before it
/// began. SQLite knows no asynchronous I/O, so reads run on the thread pool, a bounded number at a time.
/// </summary>
internal sealed class ReaderPool(string file) : IAsyncDisposable
{
    private static readonly int MaximumReaders = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    private readonly SemaphoreSlim _free = new(MaximumReaders);
    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs a read.</summary>
    /// <exception cref="EngineUnavailableException">The database could not be read, or is closed.</exception>
    public async Task<T> ReadAsync<T>(Func<Reader, T> read, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        await _free.WaitAsync(cancellationToken);
        try
        {
            ThrowIfClosed();
            return await Task.Run(() => Read(read), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Lets the reads under way end, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var taken = 0; taken < MaximumReaders; taken++)
        {
            await _free.WaitAsync();
        }

        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }

        // Who still waits for a place gets one, and finds the pool closed.
        _free.Release(MaximumReaders);
    }

    private T Read<T>(Func<Reader, T> read)
    {
        Reader? reader = null;
        try
        {
            reader = _idle.TryTake(out var idle) ? idle : new Reader(EmbeddedDatabase.OpenReader(file));
            var answer = reader.Run(read);
            _idle.Add(reader);
            return answer;
        }
        catch (SqliteException exception)
        {
            reader?.Dispose();
            throw new EngineUnavailableException("The database could not be read.", exception);
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new EngineUnavailableException("The engine is closed.");
        }
    }
}
