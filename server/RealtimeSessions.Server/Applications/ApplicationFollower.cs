using System.Threading.Channels;

namespace RealtimeSessions.Server.Applications;

/// <summary>Tells one follower of each change, one at a time; while he is busy, only the newest is kept for him. Disposal ends it.</summary>
internal sealed partial class ApplicationFollower : IDisposable
{
    private readonly Channel<ApplicationModel?> _next = Channel.CreateBounded<ApplicationModel?>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly CachedApplication _application;
    private readonly Action<ApplicationModel?> _changed;
    private readonly ILogger _logger;
    private volatile bool _isEnded;

    public ApplicationFollower(CachedApplication application, Action<ApplicationModel?> changed, ILogger logger)
    {
        (_application, _changed, _logger) = (application, changed, logger);
        _ = TellAsync();
    }

    /// <summary>Has the follower told of a model; null: there is no application any more. Returns at once.</summary>
    public void Tell(ApplicationModel? model) => _next.Writer.TryWrite(model);

    public void Dispose()
    {
        _isEnded = true;
        _next.Writer.TryComplete();
        _application.Remove(this);
    }

    private async Task TellAsync()
    {
        await foreach (var model in _next.Reader.ReadAllAsync())
        {
            try
            {
                if (!_isEnded)
                {
                    _changed(model);
                }
            }
            catch (Exception exception)
            {
                LogFailed(_logger, _application.ApplicationId, exception);
            }
        }
    }

    [LoggerMessage(3102, LogLevel.Error, "A follower of application {Application} failed.")]
    private static partial void LogFailed(ILogger logger, string application, Exception exception);
}
