using System.Text.Json;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Tests.Requests;

/// <summary>Values on both sides of every limit.</summary>
public sealed class RequestRulesTests
{
    private const string Session = "\"applicationId\":\"demo\",\"sessionId\":\"board\"";

    public static TheoryData<string, string, string, string> Limits => new()
    {
        // request, member, a value that is allowed, a value that is not
        { "CreateSession", "name", Text(200), Text(201) },
        { "CreateSession", "name", Text(1), Text(0) },
        { "CreateSession", "description", Text(4_000), Text(4_001) },
        { "CreateSession", "sessionId", Text(64), Text(65) },
        { "CreateSession", "sessionId", "\"aZ0_-\"", "\"a/b\"" },
        { "CreateSession", "properties", Properties(64), Properties(65) },
        { "CreateSession", "properties", $"{{\"ab\":{Text(1_022)}}}", $"{{\"ab\":{Text(1_023)}}}" },
        { "CreateSession", "properties", "{\"a\":\"\"}", "{\"a\":null}" },
        { "CreateSession", "participants", Participants(1_000), Participants(1_001) },
        { "CreateSession", "participants", $"[{{\"id\":{Text(200)}}}]", $"[{{\"id\":{Text(201)}}}]" },
        { "CreateSession", "participants", "[{\"id\":\"a\"}]", "[{\"id\":\"\"}]" },
        { "CreateSession", "participants", "[]", "[{}]" },
        { "CreateSession", "participants", "null", "[null]" },
        { "CreateSession", "participants", "[{\"id\":\"a\",\"type\":\"group\"}]", "[{\"id\":\"a\",\"type\":\"Group\"}]" },
        { "CreateSession", "participants", "[{\"id\":\"a\",\"type\":\"user\"}]", "[{\"id\":\"a\",\"type\":0}]" },
        { "CreateSession", "data", "{}", "[]" },
        { "CreateSession", "ifExists", "\"fail\"", "\"Fail\"" },
        { "CreateSessionEvent", "name", Text(200), Text(201) },
        { "CreateSessionEvent", "data", "null", Nested(40) },
        { "PatchSessionData", "data", "{\"a\":null}", "null" },
        { "PatchSessionData", "data", Nested(32), Nested(33) },
        { "ListSessions", "limit", "1000", "1001" },
        { "ListSessions", "limit", "1", "0" },
        { "ListSessions", "properties", "{\"a\":\"b\"}", "{\"a\":null}" },
        { "ListSessionEvents", "limit", "1", "0" },
        { "ListSessionEvents", "after", "0", "-1" },
        { "ListSessionEvents", "names", Names(100), Names(101) },
        { "ListSessionEvents", "names", "[]", "[null]" },
        { "JoinSession", "since", "{\"epoch\":\"e\",\"sequence\":0}", "{\"epoch\":\"e\",\"sequence\":-1}" },
        { "JoinSession", "since", "{\"epoch\":\"e\",\"sequence\":9007199254740992}", "{\"epoch\":\"e\",\"sequence\":9007199254740993}" },
        { "JoinSession", "since", "null", "{\"sequence\":1}" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Check_OnBothSidesOfALimit_RefusesOneWithItsPath(string request, string member, string allowed, string refused)
    {
        Assert.Null(Check(request, member, allowed));
        RequestBinderTests.AssertRefused(Check(request, member, refused), path => path.StartsWith($"$.{member}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"writerId\":\"w\",\"writerSequence\":1", null)]
    [InlineData("\"writerId\":\"w\",\"writerSequence\":9007199254740992", null)]
    [InlineData("\"writerId\":\"w\"", "$.writerSequence")]
    [InlineData("\"writerSequence\":1", "$.writerId")]
    [InlineData("\"writerId\":\"w\",\"writerSequence\":0", "$.writerSequence")]
    [InlineData("\"writerId\":\"w\",\"writerSequence\":9007199254740993", "$.writerSequence")]
    [InlineData("\"writerId\":\"a b\",\"writerSequence\":1", "$.writerId")]
    public void Check_AWriter_NeedsBothItsMembers(string writer, string? path)
    {
        foreach (var (request, rest) in new[]
        {
            ("ChangeSession", Session), ("PatchSessionData", Session + ",\"data\":{}"), ("CreateSessionEvent", Session + ",\"name\":\"n\""),
            ("CreateSession", "\"applicationId\":\"demo\",\"name\":\"n\""),
        })
        {
            var error = Read(request, $"{{{rest},{writer}}}");
            if (path is null)
            {
                Assert.Null(error);
            }
            else
            {
                RequestBinderTests.AssertRefused(error, path);
            }
        }
    }

    private static Error? Check(string request, string member, string value)
    {
        var (rest, needed) = request switch
        {
            "CreateSession" => ("\"applicationId\":\"demo\"", "name"),
            "ListSessions" => ("\"applicationId\":\"demo\"", ""),
            "CreateSessionEvent" => (Session, "name"),
            _ => (Session, ""),
        };
        var name = needed.Length > 0 && member != needed ? $",\"{needed}\":\"n\"" : "";
        return Read(request, $"{{{rest}{name},\"{member}\":{value}}}");
    }

    private static Error? Read(string request, string json) =>
        RequestShape.All.Single(shape => shape.Name == request).Read(JsonDocument.Parse(json).RootElement);

    private static string Text(int length) => $"\"{new string('x', length)}\"";

    private static string Properties(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\":\"\""))}}}";

    private static string Participants(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"id\":\"u{i}\"}}"))}]";

    private static string Names(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\""))}]";

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
