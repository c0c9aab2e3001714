namespace RealtimeSessions.Server.Applications;

/// <summary>One application in the cache: the newest that is known of it, and its followers. All members may be called at the same time.</summary>
internal sealed class CachedApplication(string applicationId, TimeProvider time)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly HashSet<ApplicationFollower> _followers = [];
    private volatile Reading? _newest;
    private long _lastUsed = time.GetTimestamp();
    private bool _isLetGo;

    public string ApplicationId => applicationId;

    /// <summary>The application; null if there is none, or it was not read yet.</summary>
    public ApplicationModel? Model => _newest?.Model;

    /// <summary>The version of its document; 0 if there never was one; null if it was not read yet.</summary>
    public long? Version => _newest?.Version;

    /// <summary>Whether somebody follows it, and nothing is known of it.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_lock)
            {
                return _newest is null && _followers.Count > 0;
            }
        }
    }

    /// <summary>Keeps it in the cache for a while.</summary>
    public void Touch() => Volatile.Write(ref _lastUsed, time.GetTimestamp());

    /// <summary>Takes what was read or written, unless something newer is known, and tells the followers.</summary>
    /// <param name="model">The application; null if there is none.</param>
    /// <param name="version">The version of its document.</param>
    /// <param name="regardless">True: the storage has lost history, and versions say nothing.</param>
    /// <returns>The newest that is known.</returns>
    public ApplicationModel? Accept(ApplicationModel? model, long version, bool regardless = false)
    {
        lock (_lock)
        {
            if (_newest is { } newest && newest.Version >= version && !regardless)
            {
                return newest.Model;
            }

            _newest = new Reading(model, version);
            foreach (var follower in _followers)
            {
                follower.Tell(model);
            }

            return model;
        }
    }

    /// <summary>Goes back to not having been read.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _newest = null;
        }
    }

    /// <summary>Adds a follower, who is told of whatever is accepted from now on.</summary>
    /// <param name="follower">The follower.</param>
    /// <param name="knowsPresent">Whether what is known already is nothing new to it.</param>
    /// <returns>False if the application was let go: its place in the cache is another one's.</returns>
    public bool TryAdd(ApplicationFollower follower, bool knowsPresent)
    {
        lock (_lock)
        {
            if (_isLetGo)
            {
                return false;
            }

            _followers.Add(follower);
            if (!knowsPresent && _newest is { } newest)
            {
                follower.Tell(newest.Model);
            }

            return true;
        }
    }

    public void Remove(ApplicationFollower follower)
    {
        lock (_lock)
        {
            _followers.Remove(follower);
            Touch();
        }
    }

    /// <summary>Lets the application go if nobody follows it and it is not there, or has not been used for long.</summary>
    public bool TryLetGo()
    {
        lock (_lock)
        {
            return _isLetGo |= _followers.Count == 0 && (Model is null || time.GetElapsedTime(Volatile.Read(ref _lastUsed)) >= Idle);
        }
    }

    private sealed record Reading(ApplicationModel? Model, long Version);
}
