using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;

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
        { "CreateSession", "participants", $"[{{\"id\":\"a\",\"role\":{Text(200)}}}]", $"[{{\"id\":\"a\",\"role\":{Text(201)}}}]" },
        { "CreateSession", "data", Nested(32), Nested(33) },
        { "CreateSessionEvent", "data", Nested(32), Nested(33) },
        { "CreateSessionEvent", "data", Array(32), Array(33) },
        { "CreateSessionEvent", "data", $"{{\"a\\\"[[\":{Array(31)}}}", $"{{\"a\":{Array(32)}}}" },
        { "CreateSessionEvent", "data", "\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"\"", Nested(61) },
        { "ChangeSession", "ifSequence", "0", "-1" },
        { "PatchSessionData", "ifSequence", "9007199254740992", "9007199254740993" },
        { "PatchSession", "patch", $"{{\"name\":{Text(200)}}}", $"{{\"name\":{Text(201)}}}" },
        { "PatchSession", "patch", $"{{\"name\":{Text(1)}}}", "{\"name\":\"\"}" },
        { "PatchSession", "patch", $"{{\"description\":{Text(4_000)}}}", $"{{\"description\":{Text(4_001)}}}" },
        { "PatchSession", "patch", $"{{\"properties\":{Properties(64)}}}", $"{{\"properties\":{Properties(65)}}}" },
        { "PatchSession", "patch", "{\"status\":\"closed\"}", "{\"status\":\"open\"}" },
        { "PatchSession", "patch", "{}", "null" },
        { "UpdateSessionName", "name", Text(200), Text(201) },
        { "UpdateSessionName", "name", Text(1), Text(0) },
        { "UpdateSessionDescription", "description", Text(4_000), Text(4_001) },
        { "UpdateSessionDescription", "description", Text(0), "7" },
        { "UpdateSessionProperties", "properties", Properties(64), Properties(65) },
        { "UpdateSessionProperties", "properties", "{\"a\":\"b\"}", "{\"a\":null}" },
        { "SessionParticipant", "participant", $"{{\"id\":{Text(200)},\"role\":{Text(200)}}}", $"{{\"id\":{Text(201)}}}" },
        { "SessionParticipant", "participant", $"{{\"id\":{Text(1)}}}", "{\"id\":\"\"}" },
        { "SessionParticipant", "participant", "{\"id\":\"a\"}", "{\"id\":\"a\",\"role\":\"\"}" },
        { "GetSessionData", "atSequence", "1", "0" },
        { "JoinSession", "presence", "true", "1" },
        { "JoinSession", "presence", "false", "\"x\"" },
        { "JoinSession", "presence", "null", "[]" },
        { "JoinSession", "presence", "{}", "[{}]" },
        { "JoinSession", "presence", Nested(32), Nested(33) },
        { "UpdatePresence", "state", "{\"a\":null}", "null" },
        { "UpdatePresence", "state", Nested(32), Nested(33) },
        { "SendSignal", "name", Text(200), Text(201) },
        { "SendSignal", "name", Text(1), Text(0) },
        { "SendSignal", "to", Text(200), Text(201) },
        { "SendSignal", "to", Text(1), Text(0) },
        { "SendSignal", "data", Array(32), Array(33) },
        { "WatchApplication", "since", "{\"epoch\":\"e\",\"sequence\":0}", "{\"epoch\":\"e\",\"sequence\":-1}" },
        { "WatchApplication", "properties", Properties(64), Properties(65) },
        { "ConversationRequest", "conversationId", "1", "0" },
        { "ConversationRequest", "conversationId", "9007199254740992", "9007199254740993" },
        { "JoinConversation", "conversationId", "1", "-1" },
        { "JoinConversation", "since", "{\"epoch\":\"e\",\"sequence\":0}", "{\"epoch\":\"e\",\"sequence\":-1}" },
        { "CreateComment", "content", Text(10_000), Text(10_001) },
        { "CreateComment", "content", Text(1), Text(0) },
        { "CreateComment", "priority", "0", "-1" },
        { "CreateComment", "priority", "1", "2" },
        { "CreateComment", "priority", "null", "\"normal\"" },
        { "ListComments", "before", "1", "0" },
        { "ListComments", "limit", "1000", "1001" },
        { "ListComments", "limit", "1", "0" },
        { "SpaceRequest", "spaceId", "1", "0" },
        { "WatchSpace", "spaceId", "1", "0" },
        { "WatchSpace", "since", "{\"epoch\":\"e\",\"sequence\":0}", "{\"epoch\":\"e\",\"sequence\":-1}" },
        { "CreateApplication", "name", Text(200), Text(201) },
        { "CreateApplication", "name", Text(1), Text(0) },
        { "CreateApplication", "description", Text(4_000), Text(4_001) },
        { "PatchApplication", "name", Text(1), Text(0) },
        { "PatchApplication", "description", Text(4_000), Text(4_001) },
        { "RoleRequest", "name", Text(200), Text(201) },
        { "CreateRole", "name", Text(1), Text(0) },
        { "CreateRole", "description", Text(4_000), Text(4_001) },
        { "CreateRole", "permissions", Names(100), Names(101) },
        { "CreateRole", "permissions", "[]", "[null]" },
        { "CreateRole", "participants", Participants(1_000), Participants(1_001) },
        { "PatchRole", "description", Text(4_000), Text(4_001) },
        { "PatchRole", "permissions", Names(100), Names(101) },
        { "PatchRole", "participants", Participants(1_000), Participants(1_001) },
        { "RoleParticipant", "participant", $"{{\"id\":{Text(200)}}}", $"{{\"id\":{Text(201)}}}" },
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
            ("CreateSession", "\"applicationId\":\"demo\",\"name\":\"n\""), ("CreateComment", "\"conversationId\":7,\"content\":\"c\""),
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

    [Theory]
    [InlineData("CreateSession", "name", 3, "\"abc\"", "\"abcd\"")]
    [InlineData("CreateSession", "description", 4, "\"abcd\"", "\"abcde\"")]
    [InlineData("CreateSession", "properties", 2, "{\"a\":\"\",\"b\":\"\"}", "{\"a\":\"\",\"b\":\"\",\"c\":\"\"}")]
    [InlineData("CreateSession", "properties", 2, "{\"a\":\"b12\"}", "{\"a\":\"b123\"}")]
    [InlineData("CreateSession", "participants", 2, "[{\"id\":\"a\"},{\"id\":\"b\"}]", "[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]")]
    [InlineData("PatchSessionData", "data", 2, "{\"a\":{}}", "{\"a\":{\"b\":[]}}")]
    [InlineData("PatchSessionData", "data", 60, "{}", "[]")]
    public void Check_WithOtherLimits_GoesByThem(string request, string member, int limit, string allowed, string refused)
    {
        var reader = RequestShape.ReaderFor(new LimitsOptions
        {
            MaximumNameLength = limit,
            MaximumDescriptionLength = limit,
            MaximumProperties = limit,
            MaximumPropertyBytes = limit + 2,
            MaximumParticipants = limit,
            MaximumDepth = limit,
        });

        Assert.Null(Check(request, member, allowed, reader));
        RequestBinderTests.AssertRefused(
            Check(request, member, refused, reader), path => path.StartsWith($"$.{member}", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_DataThatNestTooDeep_TellsWhere()
    {
        var reader = RequestShape.ReaderFor(new LimitsOptions { MaximumDepth = 2 });

        RequestBinderTests.AssertRefused(Check("PatchSessionData", "data", "{\"b\":1,\"a\":{\"x\":[0]}}", reader), "$.data.a.x");
    }

    [Theory]
    [InlineData("CreateSession", "data", false)]
    [InlineData("PatchSessionData", "data", true)]
    [InlineData("CreateSessionEvent", "data", false)]
    [InlineData("SendSignal", "data", false)]
    [InlineData("JoinSession", "presence", false)]
    [InlineData("UpdatePresence", "state", true)]
    public void Check_AReservedName_IsRefusedWhereverItStands(string request, string member, bool isPatch)
    {
        RequestBinderTests.AssertRefused(Check(request, member, """{"a":1,"__proto__":{"b":1}}"""), $"$.{member}.__proto__");
        RequestBinderTests.AssertRefused(Check(request, member, """{"a":{"b":{"__proto__":"c"}}}"""), $"$.{member}.a.b.__proto__");
        RequestBinderTests.AssertRefused(Check(request, member, """{"a":[0,[{"b":1,"\u005f_proto__":null}]]}"""), $"$.{member}.a[1][0].__proto__");
        Assert.Null(Check(request, member, """{"a":["__proto__"],"b":"{\"__proto__\":1}","constructor":{"prototype":1}}"""));
        var removal = Check(request, member, """{"a":{"__proto__":null}}""");
        if (isPatch)
        {
            Assert.Null(removal);
        }
        else
        {
            RequestBinderTests.AssertRefused(removal, $"$.{member}.a.__proto__");
        }
    }

    [Theory]
    [InlineData("CreateSession", "properties", "$.properties.__proto__")]
    [InlineData("ListSessions", "properties", "$.properties.__proto__")]
    [InlineData("UpdateSessionProperties", "properties", "$.properties.__proto__")]
    [InlineData("WatchApplication", "properties", "$.properties.__proto__")]
    [InlineData("PatchSession", "patch", "$.patch.properties.__proto__")]
    public void Check_APropertyOfAReservedName_IsRefused(string request, string member, string path)
    {
        const string Properties = """{"constructor":"1","__proto__":"2"}""";

        RequestBinderTests.AssertRefused(Check(request, member, member == "patch" ? $$"""{"properties":{{Properties}}}""" : Properties), path);
    }

    [Fact]
    public void Check_ASignalThatIsTooLarge_TellsTheLimit()
    {
        Assert.Null(Check("SendSignal", "data", Text(4_094)));

        var error = Check("SendSignal", "data", Text(4_095))!;
        Assert.Equal((ErrorCode.PayloadTooLarge, 4_096), (error.Code, (int)error.Details!["limit"]!));
    }

    [Fact]
    public void Check_AStateThatNestsAsDeepAsDataMay_LeavesRoomForWhatIsAroundIt()
    {
        var reader = RequestShape.ReaderFor(new LimitsOptions { MaximumDepth = 60 });

        Assert.Null(Check("UpdatePresence", "state", Nested(58), reader));
        RequestBinderTests.AssertRefused(Check("UpdatePresence", "state", Nested(59), reader), path => path.StartsWith("$.state.a.a", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_DataThatNoEventHolds_IsTooLarge()
    {
        var error = Check("PatchSessionData", "data", $"{{\"a\":{Text(4 * 1024 * 1024)}}}");

        Assert.Equal(ErrorCode.PayloadTooLarge, error!.Code);
    }

    private static Error? Check(string request, string member, string value, RequestReader? reader = null)
    {
        var shape = RequestShape.All.Single(shape => shape.Name == request);
        var argument = JsonNode.Parse(shape.Example)!.AsObject();
        foreach (var name in argument.Select(pair => pair.Key).Except(shape.Required).ToArray())
        {
            argument.Remove(name);
        }

        argument.Remove(member);
        var rest = argument.ToJsonString()[1..^1];
        return Read(request, $"{{\"{member}\":{value}{(rest.Length > 0 ? "," : "")}{rest}}}", reader);
    }

    private static Error? Read(string request, string json, RequestReader? reader = null) =>
        RequestShape.All.Single(shape => shape.Name == request).Read(JsonDocument.Parse(json).RootElement, reader);

    private static string Text(int length) => $"\"{new string('x', length)}\"";

    private static string Properties(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\":\"\""))}}}";

    private static string Participants(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"id\":\"u{i}\"}}"))}]";

    private static string Names(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\""))}]";

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static string Array(int depth) => new string('[', depth) + new string(']', depth);
}
