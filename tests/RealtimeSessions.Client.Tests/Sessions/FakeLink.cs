using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Tests.Sessions;

/// <summary>A call that was made on a connection.</summary>
internal sealed record FakeCall(string Method, object Request, TaskCompletionSource<object> Answer)
{
    public void Fail(ErrorCode code) => Answer.SetException(new RealtimeException(new Error(code, "As the test wants it.")));
}

/// <summary>A connection in memory: its calls wait for the test, or are answered by it at once.</summary>
/// <param name="take">Answers a call; null: it waits.</param>
internal sealed class FakeLink(Func<FakeCall, object?>? take = null) : IHubLink
{
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<FakeCall> _calls = [];

    public Task<Exception?> Ended => _ended.Task;

    public bool IsDisposed { get; private set; }

    /// <summary>All calls so far.</summary>
    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    public void End()
    {
        _ended.TrySetResult(null);
        foreach (var call in Calls)
        {
            call.Answer.TrySetException(new RealtimeException(new Error(ClientErrors.ConnectionFailed, "It has ended.")));
        }
    }

    public async Task<TAnswer> InvokeAsync<TAnswer>(string method, object request, CancellationToken cancellationToken)
    {
        var call = new FakeCall(method, request, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_calls)
        {
            _calls.Add(call);
        }

        if (take?.Invoke(call) is { } answer)
        {
            call.Answer.TrySetResult(answer);
        }

        return (TAnswer)await call.Answer.Task.WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        End();
        return ValueTask.CompletedTask;
    }
}
