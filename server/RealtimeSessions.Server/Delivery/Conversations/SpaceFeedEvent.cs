using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Conversations;

/// <summary>
/// An event of a space's log on its way to the watchers. Of a conversation, who sees it after the event gets that, which has the whole of it where
/// more than comments have changed; who sees it no longer is told so. A change of members or groups lets those it concerns begin anew.
/// </summary>
internal sealed class SpaceFeedEvent(long spaceId, LogEvent source, string epoch) : ChannelEvent(source)
{
    private readonly Lazy<SpaceEvent> _change = new(() => SpaceFold.Read(source), LazyThreadSafetyMode.PublicationOnly);
    private readonly Dictionary<FrameEncoder, byte[]> _frames = [];

    private Position Position => new(epoch, Sequence);

    public override byte[]? FrameFor(ChannelMember member)
    {
        var (watcher, change) = ((SpaceWatcher)member, _change.Value);

        // By the members and groups as they are, nobody can be judged for what was before they last changed for him: he begins anew there.
        if (Sequence < watcher.Space.ConcernedAt.GetValueOrDefault(watcher.UserId))
        {
            return null;
        }

        return change is ConversationTold told ? FrameFor(watcher, told)
            : change.ConcernedIds().Contains(watcher.UserId) ? ConversationCallbacks.FeedReset(watcher.Encoder, spaceId, Position)
            : null;
    }

    private byte[]? FrameFor(SpaceWatcher watcher, ConversationTold told)
    {
        if (ConversationPolicy.Sees(told.Audience, watcher.Space, watcher.UserId))
        {
            return Frame(watcher.Encoder, told);
        }

        return told.Former is { } former && ConversationPolicy.Sees(former, watcher.Space, watcher.UserId)
            ? ConversationCallbacks.Left(watcher.Encoder, told.ConversationId, DismissalReason.AccessRevoked, Position)
            : null;
    }

    private byte[] Frame(FrameEncoder encoder, ConversationTold told)
    {
        lock (_frames)
        {
            if (!_frames.TryGetValue(encoder, out var frame))
            {
                frame = ConversationCallbacks.Event(encoder, spaceId, told, Source, Position);
                _frames.Add(encoder, frame);
            }

            return frame;
        }
    }
}
