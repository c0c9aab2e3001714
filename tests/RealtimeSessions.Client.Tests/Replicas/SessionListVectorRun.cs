using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Tests.Replicas;

/// <summary>Runs a case of tests/vectors/session-lists (its README tells their form).</summary>
internal sealed class SessionListVectorRun
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SessionList _list;
    private readonly Queue<PageCall> _pages = [];
    private readonly Queue<SessionCall> _sessions = [];
    private IReadOnlyList<Session> _before = [];

    /// <param name="list">What the case says of its list; null: nothing.</param>
    public SessionListVectorRun(JsonObject? list) => _list = new SessionList(
        new SessionFilter(list?["status"]?.GetValue<string>() == "closed" ? SessionStatus.Closed : SessionStatus.Open, PropertiesOf(list) ?? new Dictionary<string, string>()),
        list?["limit"]?.GetValue<int>() ?? 100);

    private IReadOnlyList<Session> Shown => _list.View?.Sessions ?? [];

    public void Run(JsonArray steps)
    {
        foreach (var step in steps.Select(step => (JsonObject)step!))
        {
            _before = Shown;
            var (pages, sessions) = (_pages.Count, _sessions.Count);
            var (name, value) = step.Single(member => member.Key != "expect");
            var answered = Do(name, value);
            _list.TakePageCalls().ToList().ForEach(_pages.Enqueue);
            _list.TakeSessionCalls().ToList().ForEach(_sessions.Enqueue);
            if (step["expect"] is JsonObject expected)
            {
                var where = step.ToJsonString();
                AssertSame(expected["pages"] ?? new JsonArray(), new JsonArray([.. _pages.Skip(pages - (answered == typeof(PageCall) ? 1 : 0)).Select(NodeOf)]), $"pages: {where}");
                AssertSame(
                    expected["sessions"] ?? new JsonArray(),
                    new JsonArray([.. _sessions.Skip(sessions - (answered == typeof(SessionCall) ? 1 : 0)).Select(call => (JsonNode)call.SessionId)]),
                    $"sessions: {where}");
                foreach (var (state, wanted) in expected.Where(member => member.Key is not ("pages" or "sessions")))
                {
                    AssertSame(wanted, Is(state), $"{state}: {where}");
                }
            }
        }
    }

    /// <returns>What kind of call it has answered; null: none.</returns>
    private Type? Do(string name, JsonNode? value)
    {
        switch (name)
        {
            case "begin":
                _list.Begin();
                return null;
            case "more":
                if (_list.More(value!.GetValueKind() == JsonValueKind.Number ? value.GetValue<int>() : null) is { } more)
                {
                    _pages.Enqueue(more);
                }

                return null;
            case "page":
                var sessions = ((JsonArray)value!["sessions"]!).Select(session => SessionOf(session!)).ToArray();
                _list.OnPage(_pages.Dequeue(), new SessionPage(sessions, value["cursor"]?.GetValue<string>()));
                return typeof(PageCall);
            case "fail":
                _list.OnFailed(_pages.Dequeue());
                return typeof(PageCall);
            case "session":
                _list.OnSession(_sessions.Dequeue(), value is null ? null : SessionOf(value));
                return typeof(SessionCall);
            case "event":
                _list.OnEvent(EventOf(value!));
                return null;
            default: throw new InvalidOperationException($"Unknown step {name}.");
        }
    }

    private JsonNode? Is(string name) => name switch
    {
        "ids" => Nodes(Shown.Select(session => session.SessionId)),
        "names" => Nodes(Shown.Select(session => session.Name)),
        "participants" => Nodes(Shown.SelectMany(session => session.Participants).Select(participant => participant.Id)),
        "same" => Nodes(Shown.Where(session => _before.Any(before => ReferenceEquals(before, session))).Select(session => session.SessionId)),
        "hasMore" => _list.View?.HasMore,
        "right" => _list.IsRight,
        _ => throw new InvalidOperationException($"Unknown expectation {name}."),
    };

    private static ApplicationEvent EventOf(JsonNode node)
    {
        var whole = node["whole"] is { } told ? SessionOf(told) : null;
        var sequence = node["sequence"]!.GetValue<long>();
        SessionEvent made = node["type"]!.GetValue<string>() switch
        {
            "created" => new SessionCreated { Session = whole! },
            "updated" => new SessionUpdated { Session = new SessionTextChange(node["name"]!.GetValue<string>(), null) },
            "properties_updated" => new SessionPropertiesUpdated { Session = new SessionPropertiesChange(PropertiesOf(node)!) },
            "participant_added" => new SessionParticipantAdded { Participant = ParticipantOf(node) },
            "participant_removed" => new SessionParticipantRemoved { Participant = ParticipantOf(node) },
            "closed" => new SessionClosed { Session = new SessionStatusChange(SessionStatus.Closed) },
            "deleted" => new SessionDeleted(),
            var type => throw new InvalidOperationException($"Unknown type {type}."),
        };
        return new ApplicationEvent(
            made with { ApplicationId = "demo", SessionId = node["id"]!.GetValue<string>(), Sequence = sequence, UserId = "bob", CreatedAt = Beginning },
            whole,
            new Position("F1", sequence));
    }

    private static Participant ParticipantOf(JsonNode node) => new(node["participant"]!.GetValue<string>()) { Role = node["role"]?.GetValue<string>() };

    private static Session SessionOf(JsonNode node) => new()
    {
        ApplicationId = "demo",
        SessionId = node["id"]!.GetValue<string>(),
        Status = node["status"]?.GetValue<string>() == "closed" ? SessionStatus.Closed : SessionStatus.Open,
        Version = 1,
        Name = node["name"]?.GetValue<string>() ?? node["id"]!.GetValue<string>(),
        Participants = [.. ((JsonArray?)node["participants"])?.Select(user => new Participant(user!.GetValue<string>())) ?? [new("alice"), new("bob")]],
        CreatedBy = "alice",
        CreatedAt = Beginning.AddSeconds(node["at"]!.GetValue<double>()),
        ModifiedBy = "alice",
        ModifiedAt = Beginning,
        Properties = PropertiesOf(node) ?? new Dictionary<string, string>(),
    };

    private static Dictionary<string, string>? PropertiesOf(JsonNode? node) =>
        ((JsonObject?)node?["properties"])?.ToDictionary(property => property.Key, property => property.Value!.GetValue<string>());

    private static JsonNode NodeOf(PageCall call)
    {
        var node = new JsonObject { ["limit"] = call.Limit };
        if (call.Cursor is { } cursor)
        {
            node["cursor"] = cursor;
        }

        return node;
    }

    private static JsonArray Nodes(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static void AssertSame(JsonNode? wanted, JsonNode? actual, string where) =>
        Assert.True(JsonNode.DeepEquals(wanted, actual), $"{where}: {actual?.ToJsonString() ?? "null"}, not {wanted?.ToJsonString() ?? "null"}");
}
