using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Conversations;

/// <summary>What the application is told of a conversation, in order.</summary>
internal sealed class ConversationNotices : Notices<ConversationView>
{
    public ConversationNotices(ILogger logger, Lock replicaLock, Func<ConversationView?> view)
        : base(logger, replicaLock, view)
    {
        CommentCreated = Notifier.Handlers<CommentCreated>();
        Refused = Notifier.Handlers<RefusedComment>();
    }

    public Handlers<CommentCreated> CommentCreated { get; }

    public Handlers<RefusedComment> Refused { get; }

    public override void Tell(ReplicaOutput output)
    {
        base.Tell(output);
        switch (output)
        {
            case ReplicaOutput.Applied<ConversationEvent> { Event: CommentCreated made }:
                CommentCreated.Post(made);
                break;
            case ReplicaOutput.Refused<CommentChange> { Change: var change, Error: var error }:
                Refused.Post(new RefusedComment(change.Text, change.Priority, error));
                break;
        }
    }
}
