using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Tests.Replicas.Model;

/// <summary>A comment as it was sent.</summary>
internal sealed record SentComment(CommentChange Change, string WriterId, long Number);

/// <summary>One conversation as PROTOCOL.md says it is. Answers as badly as it may while <see cref="HasFaults"/>.</summary>
/// <param name="random">Where the faults come from.</param>
internal sealed class ConversationModelServer(Random random)
{
    private readonly List<ConversationModelClient> _joined = [];
    private readonly Dictionary<string, (long Number, long Sequence)> _writers = [];
    private int _epoch = 1;

    public List<ConversationEvent> Log { get; } = [];

    public bool HasFaults { get; set; } = true;

    public Position Head => new($"e{_epoch}", Log.Count);

    /// <summary>The comments from a sequence on.</summary>
    public PlacedComment[] From(long sequence) =>
        [.. Log.OfType<CommentCreated>().Where(made => made.Sequence >= sequence).Select(made => PlacedComment.Of(made, made.Sequence))];

    public void Rename() => Append(new ConversationUpdated { UserId = 2, Conversation = Conversation() });

    /// <summary>Goes on as another history; whoever was connected is no more.</summary>
    public void ChangeEpoch() => _epoch++;

    public void Join(ConversationModelClient client, ResumePosition? since)
    {
        if (HasFaults && random.Next(8) == 0)
        {
            client.Answer(replica => replica.OnJoinRefused(new Error(ErrorCode.Unavailable, "Model.")));
            return;
        }

        Leave(client);
        _joined.Add(client);
        var isRecovered = since is not null && since.Epoch == Head.Epoch && since.Sequence <= Log.Count && (!HasFaults || random.Next(5) > 0);
        if (isRecovered)
        {
            Log.Skip((int)since!.Sequence).ToList().ForEach(client.Tell);
        }
        else
        {
            var latest = From(0).TakeLast(5).ToArray();
            client.Tell(new ConversationReset(7, Conversation(), latest, From(0).Length > latest.Length, Head));
        }

        client.Answer(replica => replica.OnJoined(isRecovered, client.UserId));
    }

    public void Leave(ConversationModelClient client) => _joined.Remove(client);

    /// <summary>Takes a comment.</summary>
    public void Take(ConversationModelClient client, SentComment sent)
    {
        var fault = HasFaults ? random.Next(20) : -1;
        var known = _writers.GetValueOrDefault(sent.WriterId);
        if (fault is 0 or 1)
        {
            Refuse(fault == 0 ? ErrorCode.Unavailable : ErrorCode.RateLimited);
        }
        else if (sent.Number <= known.Number)
        {
            client.Answer(replica => replica.OnAck(sent.Change, new CommentAck(Head with { Sequence = known.Sequence }, 0) { CommentId = known.Sequence, Duplicate = true }));
        }
        else if (sent.Number > known.Number + 1)
        {
            Refuse(ErrorCode.WriterGap);
        }
        else if (fault is 2)
        {
            Refuse(ErrorCode.MentionNotFound);
        }
        else
        {
            var comment = new Comment { CommentId = Log.Count + 1, ConversationId = 7, CreatorId = client.UserId, Content = sent.Change.Text, CreatedAt = default };
            var made = Append(new CommentCreated { UserId = client.UserId, WriterId = sent.WriterId, WriterSequence = sent.Number, Comment = comment });
            _writers[sent.WriterId] = (sent.Number, made.Sequence);
            var ack = new CommentAck(Head, 1) { CommentId = comment.CommentId, EventId = made.EventId };
            client.Answer(replica =>
            {
                if (fault is 3)
                {
                    replica.OnError(sent.Change, new Error(ErrorCode.Unavailable, "Made all the same."));
                }
                else
                {
                    replica.OnAck(sent.Change, ack);
                }
            });
        }

        void Refuse(ErrorCode code) => client.Answer(replica => replica.OnError(sent.Change, new Error(code, "Model.")));
    }

    private ConversationEvent Append(ConversationEvent made)
    {
        made = made with { ConversationId = 7, Sequence = Log.Count + 1, EventId = Guid.NewGuid() };
        Log.Add(made);
        _joined.ForEach(client => client.Tell(made));
        return made;
    }

    private static Conversation Conversation() => new() { ConversationId = 7, Name = "Plans", CreatorId = 2, CreatedAt = default, UpdatedAt = default };
}
