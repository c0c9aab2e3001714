using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Directory;

internal sealed class Counters(ICatalog catalog)
{
    public ICatalog Catalog => catalog;

    public Task<long> NextAsync(string type, int count) => throw new NotSupportedException($"{type}{count}");
}
