using System.Collections.Concurrent;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Applications;

/// <summary>
/// The applications in use on this server, kept current by the version that all applications share: read again on an announcement, and at
/// least every second. What is known of an application never goes back. One that does not exist is not remembered; one that nobody follows
/// or has asked for in ten minutes is let go.
/// </summary>
internal sealed partial class ApplicationCache : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan IdleCheckInterval = TimeSpan.FromMinutes(1);

    private readonly ApplicationStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, CachedApplication> _applications = new();
    private readonly CancellationTokenSource _stop = new();
    private long _known = -1;

    public ApplicationCache(ApplicationStore store, TimeProvider time, ILogger<ApplicationCache> logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        _ = KeepCurrentAsync();
    }

    /// <summary>An application by its id; null if there is none.</summary>
    public ValueTask<ApplicationModel?> GetAsync(string applicationId)
    {
        if (_applications.TryGetValue(applicationId, out var application) && application.Model is { } model)
        {
            application.Touch();
            return new(model);
        }

        return new(LoadAsync(applicationId));
    }

    /// <summary>
    /// Keeps an application current until the answer is disposed of, and calls for each change that the cache learns of from now on; where it
    /// knows nothing yet, for the first reading too. So who follows first and then gets the application misses nothing.
    /// </summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="changed">Gets the application as it is now, null if there is none (any more). Never called twice at a time; changes
    /// that follow each other quickly may come as one. An exception is logged.</param>
    public IDisposable Follow(string applicationId, Action<ApplicationModel?> changed)
    {
        var isKnown = _applications.TryGetValue(applicationId, out var present) && present.Version is not null;
        while (true)
        {
            var application = Open(applicationId);
            var follower = new ApplicationFollower(application, changed, _logger);
            if (application.TryAdd(follower, isKnown))
            {
                _ = LoadForFollowersAsync(application);
                return follower;
            }

            follower.Dispose();
        }
    }

    /// <summary>Takes what this server has just written, so that its next call sees it.</summary>
    public void Accept(ApplicationDocument written, long version)
    {
        if (_applications.TryGetValue(written.Application.ApplicationId, out var application))
        {
            application.Accept(written.ToModel(), version);
            LetGo(application);
        }
    }

    /// <summary>Follows nothing any more.</summary>
    public void Dispose() => _stop.Cancel();

    /// <summary>An application's place, which is there before it is read: what changes after the reading is not missed.</summary>
    private CachedApplication Open(string applicationId) => _applications.GetOrAdd(applicationId, id => new CachedApplication(id, _time));

    private void LetGo(CachedApplication application)
    {
        if (application.TryLetGo())
        {
            _applications.TryRemove(KeyValuePair.Create(application.ApplicationId, application));
        }
    }

    private async Task<ApplicationModel?> LoadAsync(string applicationId)
    {
        var application = Open(applicationId);
        try
        {
            return await ReadAsync(application, regardless: false);
        }
        finally
        {
            LetGo(application);
        }
    }

    private async Task LoadForFollowersAsync(CachedApplication application)
    {
        var isRead = false;
        while (!isRead && application.IsAwaited && !_stop.IsCancellationRequested)
        {
            isRead = await TryAsync(() => RefreshAsync(application, regardless: false));
        }
    }

    private async Task KeepCurrentAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await TryAsync(RefreshWhenChangedAsync);
            foreach (var application in _applications.Values)
            {
                LetGo(application);
            }
        }
    }

    private async Task RefreshWhenChangedAsync()
    {
        using var interval = new CancellationTokenSource(IdleCheckInterval, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, interval.Token);
        var version = await _store.WaitForChangeAsync(_known, either.Token);
        foreach (var application in _applications.Values)
        {
            await RefreshAsync(application, regardless: version < _known);
        }

        _known = version;
    }

    private async Task RefreshAsync(CachedApplication application, bool regardless)
    {
        try
        {
            await ReadAsync(application, regardless);
        }
        catch (Exception exception) when (exception is not EngineUnavailableException)
        {
            // Nobody is judged by roles that are not those in the storage.
            application.Forget();
            LogUnreadable(_logger, application.ApplicationId, exception);
        }
    }

    private async Task<ApplicationModel?> ReadAsync(CachedApplication application, bool regardless)
    {
        var entry = await _store.GetAsync(application.ApplicationId);
        return entry is not null && entry.Version == application.Version && !regardless && application.Model is { } known
            ? known
            : application.Accept(entry is null ? null : ApplicationStore.Read(entry).ToModel(), entry?.Version ?? 0, regardless);
    }

    /// <summary>Does something that needs the storage.</summary>
    /// <returns>False, after a pause, if it could not be done.</returns>
    private async Task<bool> TryAsync(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Exception exception)
        {
            LogBehind(_logger, exception);
            await Task.Delay(Pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
    }

    [LoggerMessage(3100, LogLevel.Warning, "The applications cannot be read; the last known roles hold.")]
    private static partial void LogBehind(ILogger logger, Exception exception);

    [LoggerMessage(3101, LogLevel.Error, "Application {Application} cannot be read; until it can, it serves nobody.")]
    private static partial void LogUnreadable(ILogger logger, string application, Exception exception);
}
