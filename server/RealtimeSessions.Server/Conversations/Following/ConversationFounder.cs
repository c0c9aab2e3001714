using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Conversations.Following;

/// <summary>Makes the logs of conversations that were made in their space, and what follows them. Can be done twice, by several servers at once.</summary>
internal sealed class ConversationFounder(IEventLog eventLog, ConversationFollower follower)
{
    public async Task FoundAsync(Founding founding)
    {
        var key = new ConversationKey(founding.Founded.ConversationId);
        var events = new List<NewEvent> { new(founding.EventId, founding.CreatedAt, founding.Founded.Event.Utf8, ChangesRights: true) };
        if (founding.Founded.Comment is { } comment)
        {
            events.Add(new NewEvent(founding.Founded.CommentEventId, founding.CreatedAt, comment.Utf8));
        }

        await eventLog.AppendAsync(key.Log, [new LogAppend { Events = events, MustBeNew = true }]);
        if (await StateReader.ReadAsync(eventLog, key.Log, ConversationFold.Instance) is { } state)
        {
            await follower.FollowAsync(key, before: null, state);
        }
    }
}
