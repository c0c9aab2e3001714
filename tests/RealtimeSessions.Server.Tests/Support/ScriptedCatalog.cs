using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>A catalog whose reads fail, wait or come from elsewhere when the test says so.</summary>
internal sealed class ScriptedCatalog(ICatalog inner) : ICatalog
{
    private int _waits;
    private int _refused;

    /// <summary>Where everything comes from.</summary>
    public volatile ICatalog Inner = inner;

    /// <summary>Whether reads fail.</summary>
    public volatile bool IsDown;

    /// <summary>What the answer of the next read waits for.</summary>
    public Task? HoldNext { get; set; }

    /// <summary>How often somebody began to wait for a change.</summary>
    public int Waits => Volatile.Read(ref _waits);

    /// <summary>How often a read has failed.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public async Task<CatalogEntry?> GetAsync(string scope, string id, CancellationToken cancellationToken = default)
    {
        if (IsDown)
        {
            Interlocked.Increment(ref _refused);
            throw new EngineUnavailableException("The test says so.");
        }

        var hold = HoldNext;
        HoldNext = null;
        var entry = await Inner.GetAsync(scope, id, cancellationToken);
        await (hold ?? Task.CompletedTask);
        return entry;
    }

    public Task<long?> PutAsync(string scope, CatalogDocument document, long? expectedVersion) =>
        Inner.PutAsync(scope, document, expectedVersion);

    public Task<bool> DeleteAsync(string scope, string id, long? expectedVersion = null) => Inner.DeleteAsync(scope, id, expectedVersion);

    public Task<CatalogPage> QueryAsync(CatalogQuery query, CancellationToken cancellationToken = default) =>
        Inner.QueryAsync(query, cancellationToken);

    public Task<long> GetVersionAsync(string scope, CancellationToken cancellationToken = default) =>
        Inner.GetVersionAsync(scope, cancellationToken);

    public Task<long> WaitForChangeAsync(string scope, long known, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waits);
        return Inner.WaitForChangeAsync(scope, known, cancellationToken);
    }
}
