using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Tests.Replicas;

/// <summary>Runs a case of tests/vectors/replica (its README tells their form).</summary>
internal sealed class VectorRun : CaseRun
{
    private readonly Replica _replica;
    private readonly List<Change> _changes = [];

    public VectorRun(JsonObject? options)
    {
        var limits = new ReplicaLimits();
        limits = limits with
        {
            PendingChanges = Option("maximumPending", limits.PendingChanges),
            PendingBytes = Option("maximumPendingBytes", limits.PendingBytes),
            MessageBytes = Option("maximumMessageBytes", limits.MessageBytes),
            Depth = Option("maximumDepth", limits.Depth),
            InFlight = Option("maximumInFlight", limits.InFlight),
            UndoSteps = Option("maximumUndoSteps", limits.UndoSteps),
        };
        _replica = new Replica(new SessionKey("demo", "board"), limits, DrawWriterId);

        int Option(string name, int otherwise) => options?[name]?.GetValue<int>() ?? otherwise;
    }

    protected override void Do(string name, JsonNode value)
    {
        switch (name)
        {
            case "connected": _replica.OnConnected(); break;
            case "disconnected": _replica.OnDisconnected(); break;
            case "joined": _replica.OnJoined(value["recovered"]!.GetValue<bool>(), "alice"); break;
            case "refusedJoin": _replica.OnJoinRefused(ErrorOf(value)); break;
            case "patch": Make(null, JsonTree.From(value)); break;
            case "event": Make(value["name"]!.GetValue<string>(), value["data"] is { } data ? JsonTree.From(data) : null); break;
            case "undo": Undo(); break;
            case "leave": _replica.Leave(); break;
            case "callback": Call(value[0]!.GetValue<string>(), (JsonObject)value[1]!.DeepClone()); break;
            case "ack": _replica.OnAck(_changes[value[0]!.GetValue<int>() - 1], AckOf(value[1]!)); break;
            case "error": _replica.OnError(_changes[value[0]!.GetValue<int>() - 1], ErrorOf(value[1]!)); break;
            case "request": _replica.OnCallAnswered(AckOf(value)); break;
            case "retry": _replica.OnRetry(); break;
            case "gapTimeout": _replica.OnGapTimeout(); break;
            default: throw new InvalidOperationException($"Unknown step {name}.");
        }
    }

    private void Make(string? name, JsonTree? content)
    {
        var change = new Change(name, content, DateTimeOffset.Parse(Time, null));
        Note(_replica.Make(change) is { } refusal ? refusal : change);
    }

    private void Undo()
    {
        var undone = _replica.Undo(DateTimeOffset.Parse(Time, null));
        Undone(undone.Value is not null);
        Note(undone);
    }

    private void Note(Result<Change?> made)
    {
        if (made.Error is { } refusal)
        {
            Refused(refusal);
        }
        else if (made.Value is { } change)
        {
            _changes.Add(change);
        }
    }

    private void Call(string callback, JsonObject argument)
    {
        if (callback == "SessionLeft")
        {
            _replica.OnLeft(argument["reason"]!.GetValue<string>());
            return;
        }

        (argument["applicationId"], argument["sessionId"]) = ("demo", "board");
        if (callback == "SessionReset")
        {
            argument["session"] ??= SessionNode();
            _replica.OnReset(argument.Deserialize(ProtocolJsonContext.Default.SessionReset)!);
            return;
        }

        var sequence = argument["sequence"]!.GetValue<long>();
        argument["eventId"] = EventId(sequence);
        argument["createdAt"] ??= Time;
        argument["timestamp"] ??= Time;
        argument["source"] ??= "hub";
        argument["userId"] ??= argument.ContainsKey("writerId") ? "alice" : "bob";
        argument["version"] ??= 1;
        argument.Insert(0, "eventType", TypeOf(callback));
        _replica.OnEvent(argument.Deserialize(ProtocolJsonContext.Default.SessionEvent)!);
    }

    protected override void Collect()
    {
        foreach (var output in _replica.TakeOutputs())
        {
            switch (output)
            {
                case ReplicaOutput.Join join:
                    Add("sends", "JoinSession", JoinNode(join.Since));
                    break;
                case ReplicaOutput.Send<Change> { Change: var change }:
                    Add("sends", change.Name is null ? "PatchSessionData" : "CreateSessionEvent", ArgumentOf(change));
                    break;
                case ReplicaOutput.Applied<SessionEvent> applied: Add("told", "event", applied.Event.Sequence); break;
                case ReplicaOutput.WasReset reset: Add("told", "reset", reset.Position.Sequence); break;
                case ReplicaOutput.Refused<Change> refused: Add("told", "refused", NumberOf(refused.Change), refused.Error.Code.Name); break;
                case ReplicaOutput.Left left: Add("told", "left", left.Reason); break;
                case ReplicaOutput.Settled<Change> settled: Add("settled", NumberOf(settled.Change), OutcomeOf(settled.Outcome)); break;
            }
        }
    }

    protected override JsonNode? Is(string name, JsonNode? wanted) => name switch
    {
        "data" => JsonNode.Parse(_replica.View.ToString()),
        "confirmed" => JsonNode.Parse(_replica.Confirmed!.Data.ToString()),
        "session" => Members((JsonObject)wanted!),
        "position" => PositionNode(_replica.Position),
        "status" => _replica.Status.ToString().ToLowerInvariant(),
        "pending" => _replica.Pending,
        "canUndo" => _replica.CanUndo,
        _ => throw new InvalidOperationException($"Unknown expectation {name}."),
    };

    private JsonObject Members(JsonObject wanted)
    {
        var session = JsonSerializer.SerializeToNode(_replica.Confirmed!.Session, ProtocolJsonContext.Default.Session)!;
        return new JsonObject(wanted.Select(member => KeyValuePair.Create(member.Key, session[member.Key]?.DeepClone())));
    }

    private int NumberOf(Change change)
    {
        if (!_changes.Contains(change))
        {
            _changes.Add(change); // Settled while it is made.
        }

        return _changes.IndexOf(change) + 1;
    }

    private static JsonObject ArgumentOf(Change change)
    {
        var argument = new JsonObject();
        if (change.Name is not null)
        {
            argument["name"] = change.Name;
        }

        if (change.Content is not null)
        {
            argument["data"] = JsonNode.Parse(change.Content.ToString());
        }

        (argument["writerId"], argument["writerSequence"]) = (change.WriterId, change.WriterSequence);
        return argument;
    }

    private static string TypeOf(string callback) =>
        string.Concat(callback.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));

    private static JsonObject SessionNode() => new()
    {
        ["applicationId"] = "demo", ["sessionId"] = "board", ["status"] = "open", ["isDraft"] = false, ["version"] = 1, ["name"] = "Board",
        ["description"] = "", ["participants"] = new JsonArray(new JsonObject { ["id"] = "alice", ["type"] = "user" }), ["createdBy"] = "alice",
        ["createdAt"] = Time, ["modifiedBy"] = "alice", ["modifiedAt"] = Time, ["properties"] = new JsonObject(),
    };
}
