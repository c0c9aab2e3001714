using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Sessions;

/// <summary>What the application is told of a session, in order.</summary>
internal sealed class SessionNotices : Notices<JsonTree>
{
    public SessionNotices(ILogger logger, Lock replicaLock, Func<JsonTree?> view)
        : base(logger, replicaLock, view)
    {
        Event = Notifier.Handlers<SessionEvent>();
        Presence = Notifier.Handlers<JsonTree>();
        Signal = Notifier.Handlers<SessionSignal>();
        Refused = Notifier.Handlers<RefusedChange>();
        Feeds = Notifier.Handlers<ReplicaOutput>();
    }

    public Handlers<SessionEvent> Event { get; }

    public Handlers<JsonTree> Presence { get; }

    public Handlers<SessionSignal> Signal { get; }

    public Handlers<RefusedChange> Refused { get; }

    /// <summary>Those that read the events one by one; they are told of events, of resets and of the end.</summary>
    public Handlers<ReplicaOutput> Feeds { get; }

    public override void Tell(ReplicaOutput output)
    {
        base.Tell(output);
        switch (output)
        {
            case ReplicaOutput.Applied<SessionEvent> applied:
                Event.Post(applied.Event);
                Feeds.Post(output);
                break;
            case ReplicaOutput.WasReset or ReplicaOutput.Left:
                Feeds.Post(output);
                break;
            case ReplicaOutput.Refused<Change> refused:
                Refused.Post(new RefusedChange(refused.Change.Name, refused.Change.Content, refused.Error));
                break;
        }
    }
}
