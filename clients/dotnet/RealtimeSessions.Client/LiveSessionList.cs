using RealtimeSessions.Client.Feeds;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client;

/// <summary>
/// The sessions of an application that the caller may read, newest first, as far as they were loaded, kept up to date through lost connections. Thread-safe. Handlers are called one
/// after the other, in order, on a thread of the pool; what one of them throws is logged.
/// </summary>
public sealed class LiveSessionList : IAsyncDisposable
{
    private readonly Held<ApplicationWatch> _held;
    private readonly LiveListReplica _list;
    private readonly Lock _lock = new();
    private Task? _leaving;

    internal LiveSessionList(Held<ApplicationWatch> held, LiveListReplica list) => (_held, _list) = (held, list);

    /// <summary>The application.</summary>
    public string ApplicationId => _held.Replica.ApplicationId;

    /// <summary>The sessions and whether there are more, as of one moment.</summary>
    public SessionListView View => _list.View;

    /// <summary>Newest first. Immutable; a session that has not changed stays the same object.</summary>
    public IReadOnlyList<Session> Sessions => View.Sessions;

    /// <summary>Whether there are older ones, for <see cref="LoadMoreAsync"/>.</summary>
    public bool HasMore => View.HasMore;

    /// <summary>How this stands to the server's: synchronizing while something is being read.</summary>
    public SyncStatus SyncStatus => _list.Status;

    /// <summary>Calls a handler with <see cref="View"/> whenever it has changed. Changes that come close together are told together.</summary>
    /// <returns>Disposing ends it; so it is with all handlers.</returns>
    public IDisposable OnChange(Action<SessionListView> handler) => _list.Notices.AddChanged(handler);

    /// <summary>Calls a handler with each new <see cref="SyncStatus"/>.</summary>
    public IDisposable OnSyncStatus(Action<SyncStatus> handler) => _list.Notices.Status.Add(handler);

    /// <summary>
    /// Calls a handler when the list has ended, with the reason: <c>deleted</c> (the application), the code of a refused watch or listing, or <c>left</c>. If it has ended
    /// already, soon.
    /// </summary>
    public IDisposable OnLeft(Action<string> handler) => _list.Notices.AddLeft(handler);

    /// <summary>Loads older sessions, and puts them behind the last one. One call at a time: another beside it adds nothing.</summary>
    /// <param name="limit">At most this many, 1 to 1,000. Default: <see cref="WatchSessionsOptions.Limit"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many more there are: 0 if there are none, or if the list is being read anew.</returns>
    /// <exception cref="RealtimeException">
    /// The server refuses it, or the connection is lost before the answer (<see cref="ClientErrors.ConnectionFailed"/>), or the list was left. While there is no connection, it
    /// waits for one.
    /// </exception>
    public Task<int> LoadMoreAsync(int? limit = null, CancellationToken cancellationToken = default) =>
        _list.LoadMoreAsync(request => _held.Client.ListSessionsAsync(request, cancellationToken), limit);

    /// <summary>Ends it, and the watch with the last one that is left of what this client watches of the application.</summary>
    /// <param name="cancellationToken">Ends the waiting for the server to know.</param>
    public Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _leaving ??= EndAsync(cancellationToken);
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync() => await LeaveAsync();

    private Task EndAsync(CancellationToken cancellationToken)
    {
        _list.Leave();
        _held.Replica.Remove(_list);
        return _held.Client.LeaveAsync(_held, cancellationToken);
    }
}
