using System.Text.Json.Nodes;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Tests.Replicas;

/// <summary>Runs the steps of one case of tests/vectors: what sessions and conversations have in common.</summary>
internal abstract class CaseRun
{
    protected const string Time = "2026-01-01T00:00:00Z";

    private JsonObject _happened = [];
    private int _writers;

    public void Run(JsonArray steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var step = (JsonObject)steps[i]!;
            _happened = new JsonObject { ["sends"] = new JsonArray(), ["told"] = new JsonArray(), ["settled"] = new JsonArray(), ["undone"] = false };
            var (name, value) = step.Single(member => member.Key != "expect");
            Do(name, value!);
            Collect();
            if (step["expect"] is JsonObject expected)
            {
                Compare(expected, $"step {i + 1} ({name} {value!.ToJsonString()})");
            }
        }
    }

    protected string DrawWriterId() => $"w{++_writers}";

    /// <summary>Does what a step says.</summary>
    protected abstract void Do(string name, JsonNode value);

    /// <summary>Notes what has come of it.</summary>
    protected abstract void Collect();

    /// <summary>What is so after it.</summary>
    /// <param name="name">What.</param>
    /// <param name="wanted">What should be so.</param>
    protected abstract JsonNode? Is(string name, JsonNode? wanted);

    protected void Add(string list, params JsonNode?[] entry) => ((JsonArray)_happened[list]!).Add(new JsonArray(entry));

    protected void Refused(Error refusal) => Add("settled", null, new JsonObject { ["error"] = refusal.Code.Name });

    protected void Undone(bool undone) => _happened["undone"] = undone;

    protected static JsonObject JoinNode(ResumePosition? since)
    {
        if (since is null)
        {
            return [];
        }

        var node = new JsonObject { ["epoch"] = since.Epoch, ["sequence"] = since.Sequence };
        if (since.EventId is { } id)
        {
            node["eventId"] = id.ToString();
        }

        return new JsonObject { ["since"] = node };
    }

    protected static JsonObject? PositionNode(Position? position) =>
        position is { } at ? new JsonObject { ["epoch"] = at.Epoch, ["sequence"] = at.Sequence } : null;

    protected static JsonObject OutcomeOf(Result<Ack> outcome)
    {
        if (!outcome.TryGet(out var ack, out var error))
        {
            return new JsonObject { ["error"] = error.Code.Name };
        }

        var node = new JsonObject { ["sequence"] = ack.Position.Sequence };
        if (ack.Count != 1)
        {
            node["count"] = ack.Count;
        }

        if (ack.Duplicate)
        {
            node["duplicate"] = true;
        }

        return node;
    }

    protected static Ack AckOf(JsonNode node)
    {
        var sequence = node["sequence"]!.GetValue<long>();
        var isDuplicate = node["duplicate"]?.GetValue<bool>() ?? false;
        return new Ack(PlaceOf(node), node["count"]?.GetValue<int>() ?? (isDuplicate ? 0 : 1))
        {
            Duplicate = isDuplicate,
            EventId = Guid.Parse(EventId(sequence)),
            CreatedAt = DateTimeOffset.Parse(Time, null),
        };
    }

    protected static Position PlaceOf(JsonNode node) => new(node["epoch"]?.GetValue<string>() ?? "E1", node["sequence"]!.GetValue<long>());

    protected static Error ErrorOf(JsonNode node)
    {
        var name = node["code"]!.GetValue<string>();
        return new Error(ErrorCode.Find(name) ?? throw new InvalidOperationException($"Unknown code {name}."), "As the case wants it.")
        {
            Details = (JsonObject?)node["details"]?.DeepClone(),
        };
    }

    protected static string EventId(long sequence) => $"00000000-0000-7000-8000-{sequence:d12}";

    private void Compare(JsonObject expected, string where)
    {
        foreach (var (name, happened) in _happened)
        {
            var wanted = expected[name] ?? (name == "undone" ? false : new JsonArray());
            Assert.True(JsonNode.DeepEquals(wanted, happened), $"{where}: {name} is {happened!.ToJsonString()}, not {wanted.ToJsonString()}");
        }

        foreach (var (name, wanted) in expected.Where(member => !_happened.ContainsKey(member.Key)))
        {
            var actual = Is(name, wanted);
            Assert.True(
                JsonNode.DeepEquals(wanted, actual), $"{where}: {name} is {actual?.ToJsonString() ?? "null"}, not {wanted?.ToJsonString() ?? "null"}");
        }
    }
}
