using System.Text.Json;
using System.Text.Json.Nodes;

namespace RealtimeSessions.EndToEnd.Tests.Errors;

/// <summary>Every method with every kind of argument that it must refuse, made from the members each takes.</summary>
internal static class WrongShapes
{
    private const string Text = "text", RequiredText = "text!", Integer = "integer", Number = "number", Flag = "flag", Time = "time", Properties = "properties",
        Participants = "participants", Patch = "patch!", Data = "object", Any = "any", Since = "since", Names = "names", Status = "status",
        IfExists = "ifExists", Presence = "presence";

    private static readonly (string, string)[] Application = [("applicationId", RequiredText)];
    private static readonly (string, string)[] Session = [.. Application, ("sessionId", RequiredText)];
    private static readonly (string, string)[] Writer = [("timestamp", Time), ("writerId", Text), ("writerSequence", Number)];

    private static readonly Dictionary<string, (string Name, string Kind)[]> Methods = new()
    {
        ["GetApplication"] = Application,
        ["ListRoles"] = Application,
        ["CreateSession"] =
        [
            .. Application, .. Writer, ("name", RequiredText), ("description", Text), ("properties", Properties), ("sessionVersion", Integer),
            ("participants", Participants), ("data", Data), ("sessionId", Text), ("ifExists", IfExists),
        ],
        ["GetSession"] = Session,
        ["ListSessions"] = [.. Application, ("status", Status), ("properties", Properties), ("limit", Integer), ("cursor", Text)],
        ["PatchSessionData"] = [.. Session, .. Writer, ("data", Patch)],
        ["GetSessionData"] = Session,
        ["CreateSessionEvent"] = [.. Session, .. Writer, ("name", RequiredText), ("data", Any)],
        ["CloseSession"] = [.. Session, .. Writer],
        ["ListSessionEvents"] = [.. Session, ("after", Integer), ("names", Names), ("limit", Integer)],
        ["JoinSession"] = [.. Session, ("since", Since), ("echo", Flag), ("presence", Presence)],
        ["LeaveSession"] = Session,
        ["UpdatePresence"] = [.. Session, ("state", Patch)],
        ["SendSignal"] = [.. Session, ("name", RequiredText), ("data", Any), ("to", Text)],
    };

    private static readonly Dictionary<string, string[]> WrongValues = new()
    {
        [Text] = ["5", "true", "[]", "{}"],
        [RequiredText] = ["5", "true", "[]", "{}", "null"],
        [Integer] = ["\"5\"", "true", "[]", "{}", "1.5", "1e99", "-1"],
        [Number] = ["\"5\"", "true", "[]", "{}", "1.5", "1e99"],
        [Flag] = ["\"true\"", "1", "[]", "{}"],
        [Time] = ["\"yesterday\"", "5", "[]", "{}", "\"\""],
        [Properties] = ["5", "\"x\"", "[]", "true", "{\"a\":5}", "{\"a\":null}", "{\"a\":{}}", "{\"__proto__\":\"x\"}"],
        [Participants] =
        [
            "5", "\"x\"", "{}", "[5]", "[\"x\"]", "[null]", "[{}]", "[[]]", "[{\"id\":5}]", "[{\"id\":null}]", "[{\"id\":\"\"}]",
            "[{\"id\":\"a\",\"type\":\"robot\"}]", "[{\"id\":\"a\",\"type\":0}]", "[{\"id\":\"a\",\"more\":1}]", "[{\"id\":\"a\",\"role\":5}]",
        ],
        [Patch] = ["5", "\"x\"", "[]", "true", "null", "{\"a\":{\"__proto__\":1}}", "{\"a\":[{\"__proto__\":null}]}"],
        [Data] = ["5", "\"x\"", "[]", "true", "{\"__proto__\":{}}", "{\"a\":{\"__proto__\":null}}"],
        [Any] = ["{\"__proto__\":null}", "[{\"a\":{\"__proto__\":1}}]"],
        [Since] =
        [
            "5", "\"x\"", "[]", "true", "{}", "{\"epoch\":\"a\"}", "{\"sequence\":1}", "{\"epoch\":5,\"sequence\":1}", "{\"epoch\":null,\"sequence\":1}",
            "{\"epoch\":\"a\",\"sequence\":\"1\"}", "{\"epoch\":\"a\",\"sequence\":-1}", "{\"epoch\":\"a\",\"sequence\":1,\"more\":1}",
            "{\"epoch\":\"a\",\"sequence\":1,\"eventId\":\"x\"}",
        ],
        [Names] = ["5", "\"x\"", "{}", "[5]", "[null]", "[[]]"],
        [Status] = ["5", "\"openn\"", "[]", "{}"],
        [Presence] = ["5", "\"x\"", "[]", "[{}]", "{\"__proto__\":{}}"],
        [IfExists] = ["5", "\"maybe\"", "[]", "{}"],
    };

    public static IEnumerable<string> MethodNames => Methods.Keys;

    /// <summary>A member's place in the text that follows, with a value, all else being right.</summary>
    public static IEnumerable<(string Argument, string? Path)> For(string method, JsonObject session)
    {
        foreach (var argument in (string[])["null", "5", "\"x\"", "[]", "[{}]", "true", "{}"])
        {
            yield return (argument, null);
        }

        var right = Right(method, session);
        yield return (With(right, "more", "1"), "$.more");
        yield return (With(right, "ApplicationId", "\"demo\""), "$.ApplicationId");
        yield return (right.ToJsonString().Insert(1, "\"applicationId\":\"demo\","), null);
        foreach (var (name, kind) in Methods[method])
        {
            if (kind.EndsWith('!'))
            {
                var without = (JsonObject)right.DeepClone();
                without.Remove(name);
                yield return (without.ToJsonString(), $"$.{name}");
            }

            foreach (var value in WrongValues[kind])
            {
                yield return (With(right, name, value), $"$.{name}");
            }
        }

        if (Methods[method].Contains(("writerId", Text)))
        {
            yield return (With(right, "writerId", "\"w\""), "$.writerSequence");
            yield return (With(right, "writerSequence", "1"), "$.writerId");
            yield return (With(With(right, "writerSequence", "1"), "writerId", "\"not an id\""), "$.writerId");
            yield return (With(With(right, "writerSequence", "0"), "writerId", "\"w\""), "$.writerSequence");
        }
    }

    private static JsonObject Right(string method, JsonObject session)
    {
        var right = new JsonObject();
        foreach (var (name, kind) in Methods[method].Where(member => member.Kind.EndsWith('!')))
        {
            right[name] = session.TryGetPropertyValue(name, out var value) ? value!.DeepClone() : kind == Patch ? new JsonObject() : "x";
        }

        return right;
    }

    private static string With(JsonObject right, string name, string value) => With(right.ToJsonString(), name, value);

    private static string With(string right, string name, string value)
    {
        var changed = JsonSerializer.Deserialize<JsonObject>(right)!;
        changed[name] = JsonNode.Parse(value);
        return changed.ToJsonString();
    }
}
