namespace RealtimeSessions.Server.Directory;

/// <summary>Tells one follower of each change of a user, one at a time and the newest last. Disposal ends it.</summary>
/// <param name="user">The user.</param>
/// <param name="changed">Gets the user as he is now; null: he is entered no longer. Must not block.</param>
/// <param name="logger">For what the follower throws.</param>
internal sealed partial class UserFollower(CachedUser user, Action<DirectoryUser?> changed, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private DirectoryUser? _told;
    private volatile bool _isEnded;

    /// <summary>Its place among the user's followers; null: it is none of them. Belongs to the user's lock.</summary>
    public int? Index { get; set; }

    /// <summary>Tells what is known, if it is something new; when this returns, it has been told, by whomever.</summary>
    public void Tell()
    {
        lock (_lock)
        {
            var newest = user.User;
            if (_isEnded || ReferenceEquals(newest, _told))
            {
                return;
            }

            _told = newest;
            try
            {
                changed(newest);
            }
            catch (Exception exception)
            {
                LogFailed(logger, exception);
            }
        }
    }

    public void Dispose()
    {
        _isEnded = true;
        user.Remove(this);
    }

    [LoggerMessage(3150, LogLevel.Error, "A follower of a user failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
