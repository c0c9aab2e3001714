namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>Something that waits to be written, and its caller.</summary>
internal abstract class WriteRequest(long bytes) : IThreadPoolWorkItem
{
    /// <summary>What it weighs, roughly.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Why the group failed, or null.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Writes within the group.</summary>
    public abstract void Write(WriteSession session);

    /// <summary>Answers the caller, once it is stored or has failed. What the caller does next is done here.</summary>
    public abstract void Answer();

    void IThreadPoolWorkItem.Execute() => Answer();
}

/// <inheritdoc/>
internal sealed class WriteRequest<T>(Func<WriteSession, T> operation, long bytes) : WriteRequest(bytes)
{
    private readonly TaskCompletionSource<T> _answered = new();
    private T? _answer;

    public Task<T> Answered => _answered.Task;

    public override void Write(WriteSession session) => _answer = operation(session);

    public override void Answer()
    {
        if (Failure is null)
        {
            _answered.SetResult(_answer!);
        }
        else
        {
            _answered.SetException(Failure);
        }
    }
}
