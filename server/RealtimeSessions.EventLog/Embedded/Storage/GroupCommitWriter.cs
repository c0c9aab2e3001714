using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>
/// The only writer of the database: one thread that takes whatever waits, commits it as one transaction, and then answers all of it.
/// While it commits, the next transaction gathers. Operations decide before they write, so that a refusal rolls back nothing; if the
/// transaction itself fails, all its callers do, and the writer goes on with the next one.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private const int MaximumWaiting = 4_096;
    private const int MaximumRequests = 1_024;
    private const long MaximumBytes = 8 * 1024 * 1024;

    private readonly WriteSession _session;
    private readonly WalCheckpointer _checkpointer;
    private readonly ILogger _logger;
    private readonly List<WriteRequest> _batch = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<WriteRequest> _waiting = Channel.CreateBounded<WriteRequest>(
        new BoundedChannelOptions(MaximumWaiting) { SingleReader = true });

    public GroupCommitWriter(WriteSession session, WalCheckpointer checkpointer, ILogger logger)
    {
        (_session, _checkpointer, _logger) = (session, checkpointer, logger);
        new Thread(Run) { Name = "RealtimeSessions database writer", IsBackground = true }.Start();
    }

    /// <summary>Has an operation written. Operations given one after the other are executed in that order, unless the queue is full.</summary>
    /// <param name="operation">Runs on the writer's thread within a transaction; must not throw for what a caller can cause.</param>
    /// <param name="bytes">What it weighs, roughly.</param>
    /// <returns>The operation's answer, after the commit.</returns>
    /// <exception cref="EngineUnavailableException">The transaction failed, or the writer has ended.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> operation, long bytes = 0)
    {
        var request = new WriteRequest<T>(operation, bytes);
        return _waiting.Writer.TryWrite(request) ? request.Answer : WriteWhenThereIsRoomAsync(request);
    }

    /// <summary>Takes no more, writes what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _ended.Task;
    }

    private async Task<T> WriteWhenThereIsRoomAsync<T>(WriteRequest<T> request)
    {
        try
        {
            await _waiting.Writer.WriteAsync(request);
        }
        catch (ChannelClosedException)
        {
            throw new EngineUnavailableException("The engine is closed.");
        }

        return await request.Answer;
    }

    private void Run()
    {
        while (WaitForWork())
        {
            TakeBatch();
            Write();
            _batch.Clear();
            _checkpointer.AfterCommit(_session.Connection);
        }

        _ended.SetResult();
    }

    private bool WaitForWork()
    {
        // The thread is the writer's own and has nothing else to do: it may block.
        var work = _waiting.Reader.WaitToReadAsync();
        return work.IsCompletedSuccessfully ? work.Result : work.AsTask().GetAwaiter().GetResult();
    }

    private void TakeBatch()
    {
        long bytes = 0;
        while (_batch.Count < MaximumRequests && bytes < MaximumBytes && _waiting.Reader.TryRead(out var request))
        {
            _batch.Add(request);
            bytes += request.Bytes;
        }
    }

    private void Write()
    {
        try
        {
            _session.Begin();
            foreach (var request in _batch)
            {
                request.Execute(_session);
            }

            _session.Commit();
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        _session.Announce();
        foreach (var request in _batch)
        {
            request.Complete();
        }
    }

    private void Fail(Exception exception)
    {
        EmbeddedMessages.CommitFailed(_logger, exception, _batch.Count);
        try
        {
            _session.Rollback();
        }
        catch (Exception rollback)
        {
            EmbeddedMessages.CommitFailed(_logger, rollback, _batch.Count);
        }

        foreach (var request in _batch)
        {
            request.Fail(new EngineUnavailableException("The database could not be written.", exception));
        }
    }
}
