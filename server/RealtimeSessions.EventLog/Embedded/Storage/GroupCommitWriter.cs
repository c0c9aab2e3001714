using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>
/// The only writer of the database: it takes whatever waits as one group, stores it, and then answers all of it. Meanwhile the next group
/// gathers. Operations decide before they write, so that a refusal undoes nothing; if the group itself fails, all its callers do, and the writer
/// goes on with the next one.
/// </summary>
/// <remarks>
/// Whoever writes while nobody else does stores it himself, at once: to wake another thread costs more than to write. What comes meanwhile is
/// the next group, an item of work on the thread pool. What one of its callers does next is done by the thread that has stored it, when the
/// group after it may begin; the other callers are answered by whichever thread is free.
/// </remarks>
internal sealed class GroupCommitWriter(WriteSession session, WalCheckpointer checkpointer, ILogger logger) : IThreadPoolWorkItem, IAsyncDisposable
{
    private const int MaximumWaiting = 4_096;
    private const int MaximumRequests = 1_024;
    private const long MaximumBytes = 8 * 1024 * 1024;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<WriteRequest> _waiting = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(MaximumWaiting));
    private volatile string? _problem;
    private int _running;

    /// <summary>Why the last group could not be stored; null: it was.</summary>
    public string? Problem => _problem;

    /// <summary>Whether something is stored that no reader sees yet: <see cref="CommitAsync"/> ends that.</summary>
    public bool IsAhead => session.IsAhead;

    /// <summary>Has everything committed that was stored before.</summary>
    /// <exception cref="EngineUnavailableException">The commit failed, or the writer has ended.</exception>
    public Task CommitAsync() => WriteAsync(session =>
    {
        session.RequireCommit();
        return true;
    });

    /// <summary>Has an operation written. Operations given one after the other are executed in that order, unless the queue is full.</summary>
    /// <param name="operation">Runs within a group, one operation at a time, perhaps before this returns; must not throw for what a caller can
    /// cause.</param>
    /// <param name="bytes">What it weighs, roughly.</param>
    /// <returns>The operation's answer, once it is stored.</returns>
    /// <exception cref="EngineUnavailableException">The group failed, or the writer has ended.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> operation, long bytes = 0)
    {
        var request = new WriteRequest<T>(operation, bytes);
        if (!_waiting.Writer.TryWrite(request))
        {
            return WriteWhenThereIsRoomAsync(request);
        }

        if (Interlocked.Exchange(ref _running, 1) == 0)
        {
            Run(request);
        }

        return request.Answered;
    }

    /// <summary>Takes no more, writes what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        RunIfThereIsWork();
        await _ended.Task;
        try
        {
            session.End();
        }
        catch (Exception exception)
        {
            // Nothing is lost: the next opening reads the journal.
            EmbeddedMessages.CommitFailed(logger, exception, requests: 0);
        }
    }

    void IThreadPoolWorkItem.Execute() => Run(own: null);

    /// <summary>Writes one group.</summary>
    /// <param name="own">The request of the caller that runs it; null: none.</param>
    private void Run(WriteRequest? own)
    {
        if (!session.Connection.IsInTransaction)
        {
            checkpointer.BetweenCommits(session.Connection);
        }

        var batch = TakeBatch();
        if (batch.Count > 0)
        {
            Write(batch);
        }

        Interlocked.Exchange(ref _running, 0);
        RunIfThereIsWork();
        Answer(batch, own);
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

        RunIfThereIsWork();
        return await request.Answered;
    }

    /// <summary>Begins a group, unless one is under way: whoever ends it calls this again.</summary>
    private void RunIfThereIsWork()
    {
        var hasEnded = _waiting.Reader.Completion.IsCompleted;
        if ((!hasEnded && !_waiting.Reader.TryPeek(out _)) || Interlocked.Exchange(ref _running, 1) != 0)
        {
            return;
        }

        if (hasEnded)
        {
            _ended.TrySetResult();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Takes what waits; that is nothing where the group before has taken it just as this one was begun.</summary>
    private List<WriteRequest> TakeBatch()
    {
        var (batch, bytes) = (new List<WriteRequest>(), 0L);
        while (batch.Count < MaximumRequests && bytes < MaximumBytes && _waiting.Reader.TryRead(out var request))
        {
            batch.Add(request);
            bytes += request.Bytes;
        }

        return batch;
    }

    private void Write(List<WriteRequest> batch)
    {
        try
        {
            session.Begin();
            foreach (var request in batch)
            {
                request.Write(session);
            }

            session.Store();
        }
        catch (Exception exception)
        {
            Fail(batch, exception);
            return;
        }

        _problem = null;
        session.Announce();
    }

    private static void Answer(List<WriteRequest> batch, WriteRequest? own)
    {
        var here = own is null || batch.Contains(own) ? own ?? batch.FirstOrDefault() : null;
        foreach (var request in batch)
        {
            if (request != here)
            {
                ThreadPool.UnsafeQueueUserWorkItem(request, preferLocal: false);
            }
        }

        here?.Answer();
    }

    private void Fail(List<WriteRequest> batch, Exception exception)
    {
        _problem = $"The database could not be written: {exception.Message}";
        EmbeddedMessages.CommitFailed(logger, exception, batch.Count);
        try
        {
            session.Rollback();
        }
        catch (Exception rollback)
        {
            EmbeddedMessages.CommitFailed(logger, rollback, batch.Count);
        }

        foreach (var request in batch)
        {
            request.Failure = new EngineUnavailableException("The database could not be written.", exception);
        }
    }
}
