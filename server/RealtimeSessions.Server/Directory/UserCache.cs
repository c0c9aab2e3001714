using System.Collections.Concurrent;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Directory;

/// <summary>
/// The users in use on this server, kept current by <see cref="DirectoryFollower"/>. Those whom nobody follows are let go when there are too
/// many of them, the longest unused first. Thread-safe.
/// </summary>
internal sealed partial class UserCache(UserStore store, TimeProvider time, ILogger<UserCache> logger)
{
    private const int MaximumIdle = 10_000;
    private const int KeptIdle = MaximumIdle * 3 / 4;
    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 16 };

    private readonly ConcurrentDictionary<string, CachedUser> _users = new();
    private readonly Lock _lettingGo = new();
    private int _limit = MaximumIdle;

    /// <summary>The user of a subject, if he is known here; else null.</summary>
    public DirectoryUser? Find(string subject)
    {
        if (!_users.TryGetValue(subject, out var place) || place.User is not { } user)
        {
            return null;
        }

        place.Touch();
        return user;
    }

    /// <summary>A user's place, which is there before he is read: what changes after the reading is not missed.</summary>
    public CachedUser Open(string subject)
    {
        if (_users.TryGetValue(subject, out var known))
        {
            return known;
        }

        var place = _users.GetOrAdd(subject, key => new CachedUser(key, time));
        LetGoOfTooMany();
        return place;
    }

    /// <summary>Takes what was written, if the user is in use here.</summary>
    public void Accept(DirectoryUser written, long version)
    {
        if (_users.TryGetValue(written.Subject, out var place))
        {
            place.Accept(written, version);
        }
    }

    /// <summary>Keeps a user here until the answer is disposed of, and calls for each change; now too, if he is known.</summary>
    /// <param name="subject">The user's subject.</param>
    /// <param name="changed">See <see cref="UserFollower"/>.</param>
    public UserFollower Follow(string subject, Action<DirectoryUser?> changed)
    {
        while (true)
        {
            var place = Open(subject);
            var follower = new UserFollower(place, changed, logger);
            if (place.TryAdd(follower))
            {
                follower.Tell();
                return follower;
            }

            _users.TryRemove(KeyValuePair.Create(subject, place));
        }
    }

    /// <summary>Reads users anew, as far as they are in use here.</summary>
    /// <exception cref="EngineUnavailableException">The engine could not be reached.</exception>
    public Task RefreshAsync(IEnumerable<string> subjects) => Parallel.ForEachAsync(subjects, Together, async (subject, _) =>
    {
        if (_users.TryGetValue(subject, out var place))
        {
            await RefreshAsync(place);
        }
    });

    /// <summary>Reads all users anew.</summary>
    /// <param name="regardless">The storage has lost history: whatever is known may be newer than what is there.</param>
    /// <exception cref="EngineUnavailableException">The engine could not be reached.</exception>
    public Task RefreshAllAsync(bool regardless) => Parallel.ForEachAsync(_users.Values, Together, async (place, _) =>
    {
        if (regardless)
        {
            place.Forget();
        }

        await RefreshAsync(place);
    });

    private async Task RefreshAsync(CachedUser place)
    {
        try
        {
            if (await store.GetAsync(place.Subject) is not { } entry)
            {
                place.Tell();
            }
            else if (entry.Version != place.Version)
            {
                place.Accept(UserStore.Read(entry), entry.Version);
            }
        }
        catch (Exception exception) when (exception is not EngineUnavailableException)
        {
            // Nobody is judged by memberships that are not those in the storage.
            place.Forget();
            place.Tell();
            LogUnreadable(logger, exception);
        }
    }

    private void LetGoOfTooMany()
    {
        if (_users.Count <= Volatile.Read(ref _limit))
        {
            return;
        }

        lock (_lettingGo)
        {
            if (_users.Count <= _limit)
            {
                return;
            }

            var idle = _users.Values.Where(place => !place.IsFollowed).Select(place => (Place: place, place.LastUsed))
                .OrderBy(pair => pair.LastUsed).ToArray();
            foreach (var (place, _) in idle.Take(idle.Length - KeptIdle))
            {
                if (place.TryLetGo())
                {
                    _users.TryRemove(KeyValuePair.Create(place.Subject, place));
                }
            }

            Volatile.Write(ref _limit, Math.Max(MaximumIdle, _users.Count + MaximumIdle - KeptIdle));
        }
    }

    [LoggerMessage(3151, LogLevel.Error, "A user of the directory cannot be read; until he can, he is in no group of it.")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);
}
