using RealtimeSessions.Client.Feeds;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;

namespace RealtimeSessions.Client;

/// <content>Watching applications and spaces.</content>
public sealed partial class RealtimeClient
{
    private static readonly Dictionary<string, string> AnyProperties = [];

    private readonly LiveTable<string, ApplicationWatch> _applications;
    private readonly LiveTable<long, SpaceWatch> _spaces;

    /// <summary>Watches how the sessions of an application change: all of those that the caller may read.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The feed when it has begun: whatever is shown of the sessions is to be listed from then on. Dispose it to leave.</returns>
    /// <exception cref="RealtimeException">The server refuses it, or cannot be reached.</exception>
    public async Task<ApplicationFeed> WatchApplicationAsync(string applicationId, CancellationToken cancellationToken = default) =>
        new(await HoldAsync(applicationId, AnyProperties, cancellationToken));

    /// <summary>Lists the sessions of an application, newest first, and keeps the list up to date. Each call makes a list of its own.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="options">Which sessions. Default: the open ones.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The list when its first page is there. Dispose it to leave.</returns>
    /// <exception cref="RealtimeException">The server refuses it, or cannot be reached.</exception>
    public async Task<LiveSessionList> WatchSessionsAsync(
        string applicationId, WatchSessionsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new WatchSessionsOptions();
        var filter = new SessionFilter(options.Status, options.Properties.ToDictionary());
        var replica = new LiveListReplica(applicationId, filter, options.Limit, _logger, _time);
        var held = await HoldAsync(applicationId, filter.Properties, cancellationToken);
        held.Replica.Add(replica);
        var list = new LiveSessionList(held, replica);
        try
        {
            await replica.Ready.WaitAsync(cancellationToken);
            return list;
        }
        catch
        {
            _ = list.LeaveAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Watches how the conversations of a space change, those that the caller sees, and their comments.</summary>
    /// <param name="spaceId">The space's number.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The feed when it has begun: whatever is shown of the conversations is to be listed from then on. Dispose it to leave.</returns>
    /// <exception cref="RealtimeException">The server refuses it, or cannot be reached.</exception>
    public async Task<SpaceFeed> WatchSpaceAsync(long spaceId, CancellationToken cancellationToken = default)
    {
        await _loop.ConnectedAsync(cancellationToken);
        return new SpaceFeed(await _spaces.HoldAsync(spaceId, () => new(this, new SpaceWatch(spaceId, _logger, _time)), cancellationToken));
    }

    /// <summary>Gives the watch of an application back.</summary>
    internal Task LeaveAsync(Held<ApplicationWatch> application, CancellationToken cancellationToken) => _applications.ReleaseAsync(application, cancellationToken);

    /// <summary>Gives the watch of a space back.</summary>
    internal Task LeaveAsync(Held<SpaceWatch> space, CancellationToken cancellationToken) => _spaces.ReleaseAsync(space, cancellationToken);

    private async Task<Held<ApplicationWatch>> HoldAsync(
        string applicationId, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(applicationId);
        await _loop.ConnectedAsync(cancellationToken);
        return await _applications.HoldAsync(
            applicationId,
            () => new(this, new ApplicationWatch(applicationId, properties, _logger, _time)),
            cancellationToken,
            watch => watch.Admit(properties));
    }
}
