using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Feeds;

/// <summary>A watch of a space. Thread-safe.</summary>
/// <param name="spaceId">The space.</param>
/// <param name="logger">Where it says what a handler threw.</param>
/// <param name="time">The clock.</param>
internal sealed class SpaceWatch(long spaceId, ILogger logger, TimeProvider time) : LiveFeed<SpaceEvent>(logger, time)
{
    public long SpaceId => spaceId;

    public override Task TellLeftAsync(IHubLink link) =>
        link.InvokeAsync<Empty>("UnwatchSpace", new SpaceRequest { SpaceId = spaceId }, CancellationToken.None);

    protected override async Task<(Position Position, bool Recovered)> WatchAsync(IHubLink link, ResumePosition? since)
    {
        var request = new WatchSpaceRequest { SpaceId = spaceId, Since = since };
        var (position, recovered) = await link.InvokeAsync<WatchedSpace>("WatchSpace", request, CancellationToken.None);
        return (position, recovered);
    }
}
