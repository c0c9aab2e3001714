using System.Collections.Concurrent;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>Hands the announcements of changed scopes to those who wait for one.</summary>
internal sealed class RedisCatalogAnnouncements : IDisposable
{
    private readonly RedisConnection _connection;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    private RedisCatalogAnnouncements(RedisConnection connection)
    {
        _connection = connection;
        connection.AnnouncementsResumed += WakeAll;
    }

    /// <summary>Subscribes to the catalog's channel.</summary>
    public static async Task<RedisCatalogAnnouncements> OpenAsync(RedisConnection connection, RedisKeys keys)
    {
        var announcements = new RedisCatalogAnnouncements(connection);
        await connection.SubscribeAsync(keys.CatalogChannel, scope => announcements.Wake((string)scope!));
        return announcements;
    }

    /// <summary>Ends with the next announcement of a scope, or when some may have been missed.</summary>
    public Task NextAsync(string scope) =>
        _waiting.GetOrAdd(scope, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Dispose() => _connection.AnnouncementsResumed -= WakeAll;

    private void Wake(string scope)
    {
        if (_waiting.TryRemove(scope, out var waiting))
        {
            waiting.SetResult();
        }
    }

    private void WakeAll()
    {
        foreach (var scope in _waiting.Keys)
        {
            Wake(scope);
        }
    }
}
