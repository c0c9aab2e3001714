using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>Who watches which application on this server.</summary>
internal sealed class FeedDelivery(SessionReader reader, FeedReplicas replicas, ChannelServices services, IOptions<LimitsOptions> options)
{
    private static readonly Dictionary<string, string> AnyProperties = [];

    private readonly ChannelDirectory<string, FeedChannel, FeedState> _channels =
        new(services.EventLog, (applicationId, ended) => new FeedChannel(applicationId, replicas, services, ended));

    /// <summary>Lets a connection watch an application. A second watch of the same application replaces the first.</summary>
    public async Task<Result<WatchedApplication>> WatchAsync(ClientConnection connection, WatchApplicationRequest request)
    {
        using var seat = connection.Applications.TryReserve(request.ApplicationId, options.Value.MaximumWatchedApplications);
        if (seat is null)
        {
            return Error.LimitExceeded(options.Value.MaximumWatchedApplications, "The connection watches too many applications.");
        }

        var encoder = services.EncoderOf(connection.Connection);
        var entered = await _channels.EnterAsync(new Admission<string, FeedChannel>(
            request.ApplicationId,
            seat,
            () => RefusalAsync(connection.Caller, request.ApplicationId),
            channel => new FeedWatcher(connection, channel, encoder, request.Properties ?? AnyProperties),
            request.Since,
            SessionPolicy.ApplicationNotFound));
        return entered.TryGet(out var entrance, out var error) ? new WatchedApplication(entrance.Position, entrance.Recovered) : error;
    }

    /// <summary>Ends a connection's watch of an application, if it has one. Nothing of the application is written after that.</summary>
    public async Task<Result<Empty>> UnwatchAsync(ClientConnection connection, string applicationId)
    {
        await (connection.Applications.Take(applicationId)?.LeaveAsync() ?? Task.CompletedTask);
        return Empty.Value;
    }

    /// <summary>Why a caller may not watch, or null: whoever has any permission may, and whoever may read a session.</summary>
    private async Task<Error?> RefusalAsync(Caller caller, string applicationId)
    {
        if (await services.Applications.GetAsync(applicationId) is not { } application)
        {
            return SessionPolicy.ApplicationNotFound;
        }

        return application.PermissionsOf(caller) != Permissions.None || await ReadsAnyAsync(caller, applicationId, SessionStatus.Open)
            || await ReadsAnyAsync(caller, applicationId, SessionStatus.Closed)
            ? null
            : SessionPolicy.ApplicationNotFound;
    }

    private async Task<bool> ReadsAnyAsync(Caller caller, string applicationId, SessionStatus status) =>
        (await reader.ListAsync(caller, new ListSessionsRequest { ApplicationId = applicationId, Status = status, Limit = 1 }))
            .Value is { Sessions.Count: > 0 };
}
