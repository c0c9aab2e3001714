namespace RealtimeSessions.Server.Directory;

/// <summary>The place of one user in the cache, and those who follow him. What is known of him never goes back. Thread-safe.</summary>
internal sealed class CachedUser(string subject, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<UserFollower> _followers = new(capacity: 1);
    private volatile Reading? _newest;
    private long _lastUsed = time.GetTimestamp();
    private bool _isLetGo;

    public string Subject => subject;

    /// <summary>The user; null if he was not read yet, or is not entered.</summary>
    public DirectoryUser? User => _newest?.User;

    /// <summary>The version of his document; null if it was not read yet.</summary>
    public long? Version => _newest?.Version;

    /// <summary>When he was last asked for.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Whether somebody follows him.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (_lock)
            {
                return _followers.Count > 0;
            }
        }
    }

    /// <summary>Keeps him in the cache for a while.</summary>
    public void Touch() => Volatile.Write(ref _lastUsed, time.GetTimestamp());

    /// <summary>Takes what was read or written, unless something newer is known, and tells the followers before it returns.</summary>
    /// <returns>The newest that is known.</returns>
    public DirectoryUser Accept(DirectoryUser user, long version)
    {
        lock (_lock)
        {
            if (_newest is { } newest && newest.Version >= version)
            {
                return newest.User;
            }

            _newest = new Reading(user, version);
        }

        Tell();
        return user;
    }

    /// <summary>Goes back to not having been read: the storage has lost history, and versions say nothing.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _newest = null;
        }
    }

    /// <summary>Tells the followers what is known, if they do not know it.</summary>
    public void Tell()
    {
        UserFollower[] followers;
        lock (_lock)
        {
            followers = [.. _followers];
        }

        foreach (var follower in followers)
        {
            follower.Tell();
        }
    }

    /// <summary>Adds a follower.</summary>
    /// <returns>False if the user was let go: his place in the cache is another one.</returns>
    public bool TryAdd(UserFollower follower)
    {
        lock (_lock)
        {
            if (!_isLetGo)
            {
                follower.Index = _followers.Count;
                _followers.Add(follower);
            }

            return !_isLetGo;
        }
    }

    public void Remove(UserFollower follower)
    {
        lock (_lock)
        {
            if (follower.Index is not { } index)
            {
                return;
            }

            // Thousands of connections of one user may end at once.
            (_followers[index] = _followers[^1]).Index = index;
            _followers.RemoveAt(_followers.Count - 1);
            follower.Index = null;
            Touch();
        }
    }

    /// <summary>Lets the user go, unless somebody follows him.</summary>
    public bool TryLetGo()
    {
        lock (_lock)
        {
            return _isLetGo |= _followers.Count == 0;
        }
    }

    private sealed record Reading(DirectoryUser User, long Version);
}
