namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>Something that waits to be written, and its caller.</summary>
internal abstract class WriteRequest(long bytes)
{
    /// <summary>What it weighs, roughly.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Writes within the open transaction.</summary>
    public abstract void Execute(WriteSession session);

    /// <summary>Answers the caller, once it is committed.</summary>
    public abstract void Complete();

    /// <summary>Fails the caller.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class WriteRequest<T>(Func<WriteSession, T> operation, long bytes) : WriteRequest(bytes)
{
    // The writer must never run what its callers do next.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Answer => _completion.Task;

    public override void Execute(WriteSession session) => _answer = operation(session);

    public override void Complete() => _completion.TrySetResult(_answer!);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}
