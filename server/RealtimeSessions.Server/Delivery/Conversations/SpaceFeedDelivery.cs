using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Delivery.Conversations;

/// <summary>Who watches which space on this server.</summary>
internal sealed class SpaceFeedDelivery(LiveSpaces spaces, UserDirectory directory, ChannelServices services, IOptions<LimitsOptions> options)
{
    private readonly ChannelDirectory<long, SpaceFeedChannel, SpaceState> _channels =
        new(services.EventLog, (spaceId, ended) => new SpaceFeedChannel(spaceId, spaces, services, ended));

    /// <summary>Lets a connection watch a space. A second watch of the same space replaces the first.</summary>
    public async Task<Result<WatchedSpace>> WatchAsync(ClientConnection connection, WatchSpaceRequest request)
    {
        using var seat = connection.Spaces.TryReserve(request.SpaceId, options.Value.MaximumWatchedSpaces);
        if (seat is null)
        {
            return Error.LimitExceeded(options.Value.MaximumWatchedSpaces, "The connection watches too many spaces.");
        }

        // From the judgement on, the space stays in use.
        using var lease = spaces.Rent(SpaceKey.Of(request.SpaceId));
        var (encoder, user) = (services.EncoderOf(connection.Connection), await directory.GetAsync(connection.Caller));
        var entered = await _channels.EnterAsync(new Admission<long, SpaceFeedChannel>(
            request.SpaceId,
            seat,
            async () => SpacePolicy.ReadRefusal(await spaces.ReadAsync(SpaceKey.Of(request.SpaceId)), user.UserId),
            channel => new SpaceWatcher(connection, channel, encoder, user.UserId),
            request.Since,
            SpacePolicy.NotFound));
        return entered.TryGet(out var entrance, out var error) ? new WatchedSpace(entrance.Position, entrance.Recovered) : error;
    }

    /// <summary>Ends a connection's watch of a space, if it has one. Nothing of the space is written after that.</summary>
    public async Task<Result<Empty>> UnwatchAsync(ClientConnection connection, SpaceRequest request)
    {
        await (connection.Spaces.Take(request.SpaceId)?.LeaveAsync() ?? Task.CompletedTask);
        return Empty.Value;
    }
}
