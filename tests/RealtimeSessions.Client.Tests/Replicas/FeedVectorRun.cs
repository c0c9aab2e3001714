using System.Text.Json.Nodes;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Tests.Replicas;

/// <summary>Runs a case of tests/vectors/feeds (its README tells their form).</summary>
internal sealed class FeedVectorRun
{
    private readonly FeedReplica<string> _replica = new();

    public void Run(JsonArray steps)
    {
        foreach (var step in steps.Select(step => (JsonObject)step!))
        {
            var (name, value) = step.Single(member => member.Key != "expect");
            Do(name, value!);
            var happened = Collect();
            if (step["expect"] is JsonObject expected)
            {
                foreach (var (list, entries) in happened)
                {
                    AssertSame(expected[list] ?? new JsonArray(), entries, $"{list}: {step.ToJsonString()}");
                }

                foreach (var (state, wanted) in expected.Where(member => !happened.ContainsKey(member.Key)))
                {
                    AssertSame(wanted, Is(state), $"{state}: {step.ToJsonString()}");
                }
            }
        }
    }

    private void Do(string name, JsonNode value)
    {
        switch (name)
        {
            case "connected": _replica.OnConnected(); break;
            case "disconnected": _replica.OnDisconnected(); break;
            case "watched": _replica.OnWatched(PlaceOf(value), value["recovered"]!.GetValue<bool>()); break;
            case "refused": _replica.OnWatchRefused(new Error(ErrorCode.Find(value.GetValue<string>())!, "As the case wants it.")); break;
            case "retry": _replica.OnRetry(); break;
            case "event": _replica.OnEvent("", PlaceOf(value), IdOf(PlaceOf(value).Sequence)); break;
            case "moved": _replica.OnPosition(PlaceOf(value)); break;
            case "reset": _replica.OnReset(PlaceOf(value)); break;
            case "putOut": _replica.OnLeft(value.GetValue<string>()); break;
            case "renew": _replica.Renew(); break;
            case "leave": _replica.Leave(); break;
            default: throw new InvalidOperationException($"Unknown step {name}.");
        }
    }

    private JsonObject Collect()
    {
        var (watches, told, waits) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var output in _replica.TakeOutputs())
        {
            switch (output)
            {
                case ReplicaOutput.Join { Since: null }: watches.Add(null); break;
                case ReplicaOutput.Join { Since: var since }:
                    var node = new JsonObject { ["epoch"] = since.Epoch, ["sequence"] = since.Sequence };
                    if (since.EventId is { } id)
                    {
                        node["eventId"] = id == IdOf(since.Sequence);
                    }

                    watches.Add((JsonNode)node);
                    break;
                case ReplicaOutput.Wait wait: waits.Add(wait.Delay.TotalSeconds); break;
                case ReplicaOutput.Applied<string> applied: told.Add((JsonNode)new JsonArray("event", applied.Position.Sequence)); break;
                case ReplicaOutput.WasReset reset: told.Add((JsonNode)new JsonArray("reset", reset.Position.Sequence)); break;
                case ReplicaOutput.Left left: told.Add((JsonNode)new JsonArray("left", left.Reason)); break;
            }
        }

        return new JsonObject { ["watches"] = watches, ["told"] = told, ["waits"] = waits };
    }

    private JsonNode? Is(string name) => name switch
    {
        "status" => _replica.Status.ToString().ToLowerInvariant(),
        "begun" => _replica.HasBegun,
        "position" => _replica.Position?.ToString() ?? "-0",
        _ => throw new InvalidOperationException($"Unknown expectation {name}."),
    };

    private static Position PlaceOf(JsonNode node) => new(node["epoch"]?.GetValue<string>() ?? "E1", node["sequence"]!.GetValue<long>());

    private static Guid IdOf(long sequence) => Guid.Parse($"00000000-0000-7000-8000-{sequence:d12}");

    private static void AssertSame(JsonNode? wanted, JsonNode? actual, string where) =>
        Assert.True(JsonNode.DeepEquals(wanted, actual), $"{where}: {actual?.ToJsonString() ?? "null"}, not {wanted?.ToJsonString() ?? "null"}");
}
