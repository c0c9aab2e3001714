using System.Buffers.Binary;
using System.Collections.Concurrent;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Directory;

/// <summary>
/// Gives objects their numbers: for each type from 1, each number once, on all servers together. A number that was given and not used stays
/// unused. Thread-safe.
/// </summary>
/// <param name="catalog">Where the last number of each type is.</param>
internal sealed class Counters(ICatalog catalog)
{
    public const string User = "user";
    public const string Space = "space";
    public const string Group = "group";
    public const string Conversation = "conversation";
    public const string Comment = "comment";

    private const string Scope = "counters";

    // Those of one server wait for each other; only those of several have to try again.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();

    /// <summary>Takes consecutive numbers.</summary>
    /// <param name="type">What they are for: one of the constants.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>The first of them.</returns>
    /// <exception cref="EngineUnavailableException">The engine could not be reached. Numbers may have been taken all the same.</exception>
    public async Task<long> NextAsync(string type, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var gate = _gates.GetOrAdd(type, _ => new SemaphoreSlim(1));
        await gate.WaitAsync();
        try
        {
            return await TakeAsync(type, count);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<long> TakeAsync(string type, int count)
    {
        while (true)
        {
            var entry = await catalog.GetAsync(Scope, type);
            var last = entry is null ? 0 : BinaryPrimitives.ReadInt64BigEndian(entry.Body.Span);
            var body = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(body, last + count);
            if (await catalog.PutAsync(Scope, new CatalogDocument(type, body), entry?.Version ?? 0) is not null)
            {
                return last + 1;
            }
        }
    }
}
