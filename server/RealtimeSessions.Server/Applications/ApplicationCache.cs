using System.Collections.Concurrent;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Applications;

/// <summary>
/// The applications in use on this server, each kept current by its scope's version: read again on an announcement, and at least every
/// second. An application that nobody asked for in ten minutes is let go.
/// </summary>
internal sealed partial class ApplicationCache(ApplicationStore store, TimeProvider time, ILogger<ApplicationCache> logger) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>An application by its id; null if there is none.</summary>
    public ValueTask<ApplicationModel?> GetAsync(string applicationId)
    {
        if (_entries.TryGetValue(applicationId, out var entry))
        {
            entry.LastUsed = time.GetTimestamp();
            return new(entry.Model);
        }

        return new(LoadAsync(applicationId));
    }

    /// <summary>Follows nothing any more.</summary>
    public void Dispose() => _stop.Cancel();

    private async Task<ApplicationModel?> LoadAsync(string applicationId)
    {
        var (model, version) = await store.ReadAsync(applicationId, CancellationToken.None);
        if (model is null)
        {
            return null;
        }

        var entry = new Entry { Model = model, LastUsed = time.GetTimestamp() };
        if (_entries.TryAdd(applicationId, entry))
        {
            _ = FollowAsync(applicationId, entry, version);
        }

        return model;
    }

    private async Task FollowAsync(string applicationId, Entry entry, long version)
    {
        try
        {
            await FollowToTheEndAsync(applicationId, entry, version);
        }
        catch (Exception exception)
        {
            LogFailed(logger, applicationId, exception);
        }

        // Whatever ended it: nobody is judged by roles that are no longer followed.
        _entries.TryRemove(applicationId, out _);
    }

    private async Task FollowToTheEndAsync(string applicationId, Entry entry, long version)
    {
        while (!_stop.IsCancellationRequested && time.GetElapsedTime(entry.LastUsed) < Idle)
        {
            try
            {
                using var timeout = new CancellationTokenSource(Idle, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, timeout.Token);
                await store.WaitForChangeAsync(applicationId, version, either.Token);
                (var model, version) = await store.ReadAsync(applicationId, either.Token);
                if (model is null)
                {
                    break;
                }

                entry.Model = model;
            }
            catch (OperationCanceledException)
            {
            }
            catch (EngineUnavailableException exception)
            {
                LogBehind(logger, applicationId, exception);
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(3100, LogLevel.Warning, "The roles of application {Application} cannot be read; the last known ones hold.")]
    private static partial void LogBehind(ILogger logger, string application, Exception exception);

    [LoggerMessage(3101, LogLevel.Error, "Application {Application} is no longer followed; the next call reads it anew.")]
    private static partial void LogFailed(ILogger logger, string application, Exception exception);

    private sealed class Entry
    {
        public required volatile ApplicationModel Model;
        public required long LastUsed;
    }
}
