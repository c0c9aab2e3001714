using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>
/// Copies the write-ahead log into the database, mostly beside the writer. SQLite's own way copies in the middle of a commit, every 4 MiB,
/// and waits for the disk there; under load that is many times a second. Here a second connection copies once 32 MiB are written, while
/// commits go on. It can never end while they do, so it is repeated for what came in meanwhile, and the small rest is copied by the
/// writer between two commits; only then does SQLite start the log from its beginning again.
/// </summary>
internal sealed class WalCheckpointer(string file, ILogger logger) : IAsyncDisposable
{
    private const int StartPages = 8_192;
    private const int FinishPages = 1_024;
    private const int MaximumRounds = 4;

    private Task? _copying;
    private int _pages;
    private int _round;

    /// <summary>Called by the writer before each transaction, with its connection.</summary>
    public void BetweenCommits(EmbeddedConnection writer)
    {
        _pages += writer.TakePagesWritten();
        if (_copying is null)
        {
            if (_pages >= StartPages)
            {
                Copy();
            }
        }
        else if (_copying.IsCompleted)
        {
            if (_pages > FinishPages && _round < MaximumRounds)
            {
                Copy();
            }
            else
            {
                Finish(writer);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_copying is not null)
        {
            await _copying;
        }
    }

    private void Copy()
    {
        (_pages, _round) = (0, _round + 1);
        _copying = Task.Run(() =>
        {
            try
            {
                using var connection = EmbeddedDatabase.OpenCheckpointer(file);
                connection.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
            }
            catch (Exception exception)
            {
                EmbeddedMessages.CheckpointFailed(logger, exception);
            }
        });
    }

    private void Finish(EmbeddedConnection writer)
    {
        (_pages, _round, _copying) = (0, 0, null);
        try
        {
            writer.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        }
        catch (Exception exception)
        {
            EmbeddedMessages.CheckpointFailed(logger, exception);
        }
    }
}
