using System.Text.Json.Nodes;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Tests.Replicas;

/// <summary>Runs a case of tests/vectors/conversations (its README tells their form).</summary>
internal sealed class ConversationVectorRun : CaseRun
{
    private const long Id = 7, Caller = 14, Other = 15;

    private readonly ConversationReplica _replica;
    private readonly List<CommentChange> _changes = [];
    private Position _first;

    public ConversationVectorRun() => _replica = new ConversationReplica(Id, new ReplicaLimits(), DrawWriterId);

    protected override void Do(string name, JsonNode value)
    {
        switch (name)
        {
            case "connected": _replica.OnConnected(); break;
            case "disconnected": _replica.OnDisconnected(); break;
            case "joined": _replica.OnJoined(value["recovered"]!.GetValue<bool>(), Caller); break;
            case "refusedJoin": _replica.OnJoinRefused(ErrorOf(value)); break;
            case "comment": Make(value.GetValue<string>()); break;
            case "load": _first = _replica.Confirmed!.Position with { Sequence = _replica.Confirmed.First }; break;
            case "earlier": _replica.OnEarlier(_first, new CommentPage(CommentsOf(value), HasEarlier(value))); break;
            case "leave": _replica.Leave(); break;
            case "callback": Call(value[0]!.GetValue<string>(), value[1]!); break;
            case "ack": _replica.OnAck(_changes[value[0]!.GetValue<int>() - 1], CommentAckOf(value[1]!)); break;
            case "error": _replica.OnError(_changes[value[0]!.GetValue<int>() - 1], ErrorOf(value[1]!)); break;
            case "retry": _replica.OnRetry(); break;
            case "gapTimeout": _replica.OnGapTimeout(); break;
            default: throw new InvalidOperationException($"Unknown step {name}.");
        }
    }

    protected override void Collect()
    {
        foreach (var output in _replica.TakeOutputs())
        {
            switch (output)
            {
                case ReplicaOutput.Join join: Add("sends", "JoinConversation", JoinNode(join.Since)); break;
                case ReplicaOutput.Send<CommentChange> { Change: var change }:
                    Add("sends", "CreateComment", new JsonObject { ["content"] = change.Text, ["writerId"] = change.WriterId, ["writerSequence"] = change.WriterSequence });
                    break;
                case ReplicaOutput.Applied<ConversationEvent> applied: Add("told", "event", applied.Event.Sequence); break;
                case ReplicaOutput.WasReset reset: Add("told", "reset", reset.Position.Sequence); break;
                case ReplicaOutput.Refused<CommentChange> refused: Add("told", "refused", NumberOf(refused.Change), refused.Error.Code.Name); break;
                case ReplicaOutput.Left left: Add("told", "left", left.Reason); break;
                case ReplicaOutput.Settled<CommentChange> settled: Add("settled", NumberOf(settled.Change), OutcomeOf(settled.Outcome)); break;
            }
        }
    }

    protected override JsonNode? Is(string name, JsonNode? wanted) => name switch
    {
        "comments" => new JsonArray([.. _replica.View.Comments.Select(comment => new JsonArray(comment.Sequence, comment.Comment.Content))]),
        "name" => _replica.View.Info.Name,
        "hasEarlier" => _replica.View.HasEarlier,
        "position" => PositionNode(_replica.Position),
        "status" => _replica.Status.ToString().ToLowerInvariant(),
        "pending" => _replica.Pending,
        _ => throw new InvalidOperationException($"Unknown expectation {name}."),
    };

    private void Make(string text)
    {
        var change = new CommentChange(text, CommentPriority.Normal, DateTimeOffset.Parse(Time, null));
        if (_replica.Make(change) is { } refusal)
        {
            Refused(refusal);
        }
        else
        {
            _changes.Add(change);
        }
    }

    private void Call(string callback, JsonNode argument)
    {
        switch (callback)
        {
            case "ConversationLeft": _replica.OnLeft(argument["reason"]!.GetValue<string>()); break;
            case "ConversationReset":
                _replica.OnReset(new ConversationReset(Id, ConversationOf(argument), CommentsOf(argument), HasEarlier(argument), PlaceOf(argument)));
                break;
            case "ConversationUpdated": Tell(new ConversationUpdated { UserId = Other, Conversation = ConversationOf(argument) }, argument); break;
            case "CommentCreated":
                var placed = Placed(argument);
                Tell(
                    new CommentCreated
                    {
                        UserId = placed.Comment.CreatorId, WriterId = placed.WriterId, WriterSequence = placed.WriterSequence, Comment = placed.Comment,
                    },
                    argument);
                break;
            default: throw new InvalidOperationException($"Unknown callback {callback}.");
        }
    }

    private void Tell(ConversationEvent made, JsonNode argument)
    {
        var sequence = argument["sequence"]!.GetValue<long>();
        var at = DateTimeOffset.Parse(Time, null);
        _replica.OnEvent(made with { ConversationId = Id, Sequence = sequence, EventId = Guid.Parse(EventId(sequence)), CreatedAt = at, Timestamp = at });
    }

    private int NumberOf(CommentChange change) => _changes.IndexOf(change) + 1;

    private static CommentAck CommentAckOf(JsonNode node)
    {
        var ack = AckOf(node);
        return new CommentAck(ack.Position, ack.Count)
        {
            CommentId = ack.Position.Sequence * 100, EventId = ack.EventId!.Value, CreatedAt = ack.CreatedAt!.Value, Duplicate = ack.Duplicate,
        };
    }

    private static bool HasEarlier(JsonNode argument) => argument["hasEarlier"]?.GetValue<bool>() ?? false;

    private static PlacedComment[] CommentsOf(JsonNode argument) => [.. ((JsonArray)argument["comments"]!).Select(comment => Placed(comment!))];

    private static PlacedComment Placed(JsonNode made)
    {
        var (sequence, writerId) = (made["sequence"]!.GetValue<long>(), made["writerId"]?.GetValue<string>());
        var comment = new Comment
        {
            CommentId = sequence * 100,
            ConversationId = Id,
            CreatorId = made["userId"]?.GetValue<long>() ?? (writerId is null ? Other : Caller),
            Content = made["content"]!.GetValue<string>(),
            CreatedAt = DateTimeOffset.Parse(Time, null),
        };
        return new PlacedComment(sequence, comment) { WriterId = writerId, WriterSequence = made["writerSequence"]?.GetValue<long>() };
    }

    private static Conversation ConversationOf(JsonNode argument) => new()
    {
        ConversationId = Id,
        Name = argument["name"]?.GetValue<string>() ?? "Plans",
        CreatorId = Other,
        CreatedAt = DateTimeOffset.Parse(Time, null),
        UpdatedAt = DateTimeOffset.Parse(Time, null),
    };
}
