using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>
/// An event of a feed on its way to the watchers. Who sees the session before it gets the event; who sees it only from now on gets the whole
/// session with it; nobody else gets anything. Where roles have changed, a watcher that comes back lists the sessions anew; whoever was there
/// was told when it happened.
/// </summary>
internal sealed class FeedChannelEvent(string applicationId, LogEvent source, string epoch) : ChannelEvent(source)
{
    private readonly Dictionary<(FrameEncoder Encoder, bool IsWhole), byte[]> _frames = [];
    private readonly Lazy<FeedChange?> _change = new(() => FeedChange.Read(source), LazyThreadSafetyMode.PublicationOnly);

    public override byte[]? FrameFor(ChannelMember member) => FeedEvent.IsRoleChange(Source) ? ResetFor(member) : _change.Value is { } change
        ? change.SeenBy((FeedWatcher)member) switch
        {
            (true, _) => Frame(change, member.Encoder, isWhole: false),
            (false, true) => Frame(change, member.Encoder, isWhole: true),
            _ => null,
        }
        : null;

    private byte[]? ResetFor(ChannelMember member) =>
        Sequence <= member.EnteredAt ? FeedCallbacks.Reset(member.Encoder, applicationId, new Position(epoch, Sequence)) : null;

    private byte[] Frame(FeedChange change, FrameEncoder encoder, bool isWhole)
    {
        lock (_frames)
        {
            if (!_frames.TryGetValue((encoder, isWhole), out var frame))
            {
                frame = FeedCallbacks.Event(encoder, change.Feed, new Position(epoch, Sequence), isWhole);
                _frames.Add((encoder, isWhole), frame);
            }

            return frame;
        }
    }
}
