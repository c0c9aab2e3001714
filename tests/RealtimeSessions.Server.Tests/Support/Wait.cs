namespace RealtimeSessions.Server.Tests.Support;

/// <summary>For what gives no signal of its own.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (var round = 0; !await condition(); round++)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (round < 100)
            {
                await Task.Yield();
            }
            else
            {
                // What is waited for needs the processor.
                await Task.Delay(1);
            }
        }
    }
}
