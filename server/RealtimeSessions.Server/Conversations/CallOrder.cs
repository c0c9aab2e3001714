namespace RealtimeSessions.Server.Conversations;

/// <summary>Keeps the calls of one connection in order, where there is something to wait for before a call can take its place. Thread-safe.</summary>
internal sealed class CallOrder
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Takes a place behind the calls before, and begins when they have taken theirs.</summary>
    /// <param name="begin">Takes the place; what it returns is not waited for by the next.</param>
    public Task<Task<T>> NextAsync<T>(Func<Task<Task<T>>> begin)
    {
        lock (_lock)
        {
            var next = AfterAsync(_last, begin);
            _last = next;
            return next;
        }
    }

    private static async Task<Task<T>> AfterAsync<T>(Task before, Func<Task<Task<T>>> begin)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await begin();
    }
}
