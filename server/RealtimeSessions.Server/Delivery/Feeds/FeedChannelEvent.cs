using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>
/// An event of a feed on its way to the watchers. Who sees the session before it gets the event; who sees it only from now on gets the whole
/// session with it; nobody else gets anything.
/// </summary>
internal sealed class FeedChannelEvent(LogEvent source, string epoch) : ChannelEvent(source)
{
    private readonly Dictionary<(FrameEncoder Encoder, bool IsWhole), byte[]> _frames = [];
    private readonly Lazy<FeedChange?> _change = new(() => FeedChange.Read(source), LazyThreadSafetyMode.None);

    public override byte[]? FrameFor(ChannelMember member) => _change.Value is { } change
        ? change.SeenBy((FeedWatcher)member) switch
        {
            (true, _) => Frame(change, member.Encoder, isWhole: false),
            (false, true) => Frame(change, member.Encoder, isWhole: true),
            _ => null,
        }
        : null;

    private byte[] Frame(FeedChange change, FrameEncoder encoder, bool isWhole)
    {
        if (!_frames.TryGetValue((encoder, isWhole), out var frame))
        {
            frame = FeedCallbacks.Event(encoder, change.Feed, new Position(epoch, Sequence), isWhole);
            _frames.Add((encoder, isWhole), frame);
        }

        return frame;
    }
}
