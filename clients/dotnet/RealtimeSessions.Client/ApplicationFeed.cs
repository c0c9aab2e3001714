using RealtimeSessions.Client.Feeds;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client;

/// <summary>
/// How the sessions of an application change, those that the caller may read, without joining them: each event once and in order, through lost connections. What is shown of the
/// sessions is to be listed when the feed is there, and again after each <see cref="OnReset"/>; an event may tell of what the list shows already. Thread-safe. Handlers are
/// called one after the other, in order, on a thread of the pool; what one of them throws is logged.
/// </summary>
public sealed class ApplicationFeed : IAsyncDisposable
{
    private readonly Held<ApplicationWatch> _held;
    private readonly Lock _lock = new();
    private Task? _leaving;

    internal ApplicationFeed(Held<ApplicationWatch> held) => _held = held;

    /// <summary>The application.</summary>
    public string ApplicationId => _held.Replica.ApplicationId;

    /// <summary>The place in the feed up to which everything has been told.</summary>
    public Position Position => _held.Replica.Read(static replica => replica.Position!.Value);

    /// <summary>Whether what happens is told as it happens.</summary>
    public SyncStatus SyncStatus => _held.Replica.Read(static replica => replica.Status);

    /// <summary>Calls a handler with each event.</summary>
    /// <returns>Disposing ends it; so it is with all handlers.</returns>
    public IDisposable OnEvent(Action<ApplicationEvent> handler) => _held.Replica.Notices.Event.Add(handler);

    /// <summary>
    /// Calls a handler when what lies between was missed, or rights have changed: the sessions are to be listed anew, and what changes from this position on follows.
    /// </summary>
    public IDisposable OnReset(Action<Position> handler) => _held.Replica.Notices.Reset.Add(handler);

    /// <summary>Calls a handler with each new <see cref="SyncStatus"/>.</summary>
    public IDisposable OnSyncStatus(Action<SyncStatus> handler) => _held.Replica.Notices.Status.Add(handler);

    /// <summary>
    /// Calls a handler when the watch has ended, with the reason: <c>deleted</c>, the code of a refused watch, or <c>left</c>. If it has ended already, soon.
    /// </summary>
    public IDisposable OnLeft(Action<string> handler) => _held.Replica.Notices.AddLeft(handler);

    /// <summary>Ends the watch, with the last one that is left of what this client watches of the application.</summary>
    /// <param name="cancellationToken">Ends the waiting for the server to know.</param>
    public Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _leaving ??= _held.Client.LeaveAsync(_held, cancellationToken);
        }
    }

    /// <summary>Ends the watch.</summary>
    public async ValueTask DisposeAsync() => await LeaveAsync();
}
