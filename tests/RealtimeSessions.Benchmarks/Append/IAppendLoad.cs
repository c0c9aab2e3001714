namespace RealtimeSessions.Benchmarks.Append;

/// <summary>A way of appending as fast as it goes.</summary>
internal interface IAppendLoad : IAsyncDisposable
{
    /// <summary>Appends for a time.</summary>
    /// <returns>How many events were appended; all are acknowledged.</returns>
    Task<long> RunAsync(TimeSpan time);

    /// <summary>Checks that everything is there, and removes it.</summary>
    Task ClearAsync();
}
