using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Tests.Requests;

public sealed class RequestBinderTests
{
    public static TheoryData<int> Shapes => [.. Enumerable.Range(0, RequestShape.All.Count)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Bind_ACompleteRequest_IsRead(int shape) => Assert.Null(Read(shape, _ => { }));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Bind_OnlyRequiredMembers_IsRead(int shape)
    {
        var required = RequestShape.All[shape].Required;

        Assert.Null(Read(shape, request =>
        {
            foreach (var name in request.Select(member => member.Key).Except(required).ToArray())
            {
                request.Remove(name);
            }
        }));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Bind_AnOptionalMemberIsNull_IsReadAsIfItWereAbsent(int shape) => Assert.Null(Read(shape, request =>
    {
        foreach (var name in request.Select(member => member.Key).Except(RequestShape.All[shape].Required).ToArray())
        {
            request[name] = null;
        }
    }));

    [Theory]
    [InlineData("CreateSession", "participants", """[{"id":"a","type":null,"role":null}]""")]
    [InlineData("SessionParticipant", "participant", """{"id":"a","type":null,"role":null}""")]
    [InlineData("RoleParticipant", "participant", """{"id":"a","type":null,"role":null}""")]
    [InlineData("PatchSession", "patch", """{"name":null,"description":null,"properties":null,"status":null}""")]
    [InlineData("JoinSession", "since", """{"epoch":"e","sequence":1,"eventId":null}""")]
    public void Bind_AnOptionalMemberOfAMemberIsNull_IsReadAsIfItWereAbsent(string name, string member, string value)
    {
        var request = JsonNode.Parse(Shape(name).Example)!.AsObject();
        request[member] = JsonNode.Parse(value);

        Assert.Null(Shape(name).Read(JsonDocument.Parse(request.ToJsonString()).RootElement));
        Assert.Null(Shape(name).ReadInPlace(request.ToJsonString()));
    }

    [Fact]
    public void Bind_AnEnumerationThatIsNull_IsTheDefault()
    {
        Assert.Equal(IfExists.Fail, Bind("""{"applicationId":"demo","name":"B","ifExists":null}""", RequestJsonContext.Default.CreateSessionRequest).IfExists);
        Assert.Equal(SessionStatus.Open, Bind("""{"applicationId":"demo","status":null}""", RequestJsonContext.Default.ListSessionsRequest).Status);
        Assert.Equal(
            new Participant("a"),
            Bind("""{"applicationId":"demo","sessionId":"board","participant":{"id":"a","type":null}}""", RequestJsonContext.Default.SessionParticipantRequest).Participant);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Bind_ARequiredMemberIsMissingOrNull_TellsWhich(int shape)
    {
        foreach (var name in RequestShape.All[shape].Required)
        {
            AssertRefused(Read(shape, request => request.Remove(name)), $"$.{name}");
            AssertRefused(Read(shape, request => request[name] = null), $"$.{name}");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Bind_AnUnknownMember_TellsWhich(int shape)
    {
        AssertRefused(Read(shape, request => request["ifSequenc"] = 1), "$.ifSequenc");
        AssertRefused(Read(shape, request => request["ApplicationId"] = "demo"), "$.ApplicationId");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Bind_AMemberOfAWrongType_TellsWhere(int shape)
    {
        var names = JsonNode.Parse(RequestShape.All[shape].Example)!.AsObject().Select(member => member.Key).ToArray();
        var takesAnyData = RequestShape.All[shape].Name is "CreateSessionEvent" or "SendSignal";
        foreach (var name in names.Where(name => !(takesAnyData && name == "data")))
        {
            // No member is an array of arrays.
            var error = Read(shape, request => request[name] = new JsonArray(new JsonArray()));

            AssertRefused(error, path => path.StartsWith($"$.{name}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"{}\"")]
    public void Bind_NoObject_IsRefused(string argument)
    {
        foreach (var shape in RequestShape.All)
        {
            AssertRefused(shape.Read(JsonDocument.Parse(argument).RootElement), "$");
        }
    }

    [Theory]
    [InlineData("""{"applicationId":"demo","sessionId":"a","since":{}}""", "$.since")]
    [InlineData("""{"applicationId":"demo","sessionId":"a","since":{"epoch":"e","sequence":1.5}}""", "$.since.sequence")]
    [InlineData("""{"applicationId":"demo","sessionId":"a","since":{"epoch":"e","sequence":1,"x":1}}""", "$.since")]
    [InlineData("""{"applicationId":"demo","sessionId":"a","sessionId":"b"}""", "$")]
    public void Bind_AJoinThatIsWrongInside_TellsWhere(string argument, string path) =>
        AssertRefused(Shape("JoinSession").Read(JsonDocument.Parse(argument).RootElement), found => found.StartsWith(path, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"a":{"b":1,"b":2}}""", "$.data.a.b")]
    [InlineData("""{"a":"\ud800"}""", "$.data.a")]
    public void Bind_DataThatIsRefused_TellsWhere(string data, string path)
    {
        foreach (var (shape, member) in new[] { ("PatchSessionData", "data"), ("UpdatePresence", "state"), ("JoinSession", "presence") })
        {
            AssertRefused(
                Shape(shape).Read(JsonDocument.Parse($$"""{"applicationId":"demo","sessionId":"a","{{member}}":{{data}}}""").RootElement),
                path.Replace("data", member, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("""{"applicationId":"\ud800","sessionId":"a"}""")]
    [InlineData("""{"applicationId":"demo","sessionId":"a","\ud800":1}""")]
    [InlineData("""{"applicationId":"demo","sessionId":"a","\ud800\ud800":1,"echo":7}""")]
    public void Bind_TextThatIsNotUnicode_IsRefused(string argument) =>
        AssertRefused(Shape("JoinSession").Read(JsonDocument.Parse(argument).RootElement), path => path.StartsWith('$'));

    [Fact]
    public void Bind_LongNames_AreCutInTheAnswer()
    {
        var error = Read(0, request => request[new string('x', 100_000)] = 1);

        Assert.InRange(error!.ToString().Length, 1, 1_000);
    }

    internal static void AssertRefused(Error? error, string path) => AssertRefused(error, found => found == path);

    internal static void AssertRefused(Error? error, Func<string, bool> path)
    {
        Assert.NotNull(error);
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.True(path(error.Details!["path"]!.GetValue<string>()), error.ToString());
        Assert.DoesNotContain("RealtimeSessions", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.ToString(), StringComparison.Ordinal);
    }

    private static T Bind<T>(string json, JsonTypeInfo<T> type)
        where T : notnull =>
        RequestBinder.Bind(JsonDocument.Parse(json).RootElement, type).Value!;

    private static RequestShape Shape(string name) => RequestShape.All.Single(shape => shape.Name == name);

    private static Error? Read(int shape, Action<JsonObject> change)
    {
        var request = JsonNode.Parse(RequestShape.All[shape].Example)!.AsObject();
        change(request);
        return RequestShape.All[shape].Read(JsonDocument.Parse(request.ToJsonString()).RootElement);
    }
}
