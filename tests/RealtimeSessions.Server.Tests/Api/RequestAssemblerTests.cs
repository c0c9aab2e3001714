using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Binding;

namespace RealtimeSessions.Server.Tests.Api;

public sealed class RequestAssemblerTests
{
    private const string OneSession = "/applications/{applicationId}/sessions/{sessionId}";
    private static readonly RequestJsonContext Json = RequestJsonContext.Default;

    private static readonly Dictionary<string, (RequestMap Map, (string Name, string Value)[] Route)> Operations = new()
    {
        ["list"] = (Map(Json.ListSessionsRequest, "GET", "/applications/{applicationId}/sessions", BodyForm.None), [("applicationId", "demo")]),
        ["events"] = (Map(Json.ListSessionEventsRequest, "GET", OneSession + "/events", BodyForm.None), Session()),
        ["patch"] = (Map(Json.PatchSessionRequest, "PATCH", OneSession, BodyForm.Members, "patch"), Session()),
        ["data"] = (Map(Json.PatchSessionDataRequest, "PATCH", OneSession + "/data", BodyForm.Part, "data"), Session()),
        ["event"] = (Map(Json.CreateSessionEventRequest, "POST", OneSession + "/events", BodyForm.Members), Session()),
        ["close"] = (Map(Json.ChangeSessionRequest, "POST", OneSession + "/close", BodyForm.Members), Session()),
        ["add"] = (Map(Json.SessionParticipantRequest, "POST", OneSession + "/participants", BodyForm.Members, "participant"), Session()),
        ["remove"] = (Map(Json.SessionParticipantRequest, "DELETE", OneSession + "/participants/{type}/{id}", BodyForm.None, "participant"),
            Session(("type", "user"), ("id", "google%2F1%2f2"))),
    };

    [Theory]
    [InlineData("list", "", "", """{"applicationId":"demo"}""")]
    [InlineData("list", "?limit=5&cursor=7-x&status=closed", "", """{"applicationId":"demo","limit":5,"cursor":"7-x","status":"closed"}""")]
    [InlineData("list", "?limit=05", "", """{"applicationId":"demo","limit":"05"}""")]
    [InlineData("list", "?properties[room]=a%20b&properties[Room]=&properties[]=c", "",
        """{"applicationId":"demo","properties":{"room":"a b","Room":"","":"c"}}""")]
    [InlineData("events", "?names=a&after=3&names=b", "", """{"sessionId":"board","applicationId":"demo","names":["a","b"],"after":3}""")]
    [InlineData("patch", "", """{"name":"n","ifSequence":3}""", """{"sessionId":"board","applicationId":"demo","ifSequence":3,"patch":{"name":"n"}}""")]
    [InlineData("data", "?ifSequence=2", """{"a":[1.10]}""", """{"sessionId":"board","applicationId":"demo","ifSequence":2,"data":{"a":[1.10]}}""")]
    [InlineData("data", "", "[]", """{"sessionId":"board","applicationId":"demo","data":[]}""")]
    [InlineData("event", "", """ {"name":"n", "data":null} """, """{"sessionId":"board","applicationId":"demo","name":"n","data":null}""")]
    [InlineData("event", "", """{"name":1,"name":2}""", """{"sessionId":"board","applicationId":"demo","name":1,"name":2}""")]
    [InlineData("close", "", "", """{"sessionId":"board","applicationId":"demo"}""")]
    [InlineData("add", "", """{"id":"bob","role":"Viewer"}""", """{"sessionId":"board","applicationId":"demo","participant":{"id":"bob","role":"Viewer"}}""")]
    [InlineData("remove", "?ifSequence=4", "", """{"sessionId":"board","applicationId":"demo","ifSequence":4,"participant":{"id":"google/1/2","type":"user"}}""")]
    public void Assemble_WhatStandsWhereItBelongs_IsOneObject(string operation, string query, string body, string expected) =>
        Assert.Equal(expected, Assemble(operation, query, body).Text);

    [Fact]
    public void Assemble_Headers_AreMembers()
    {
        var (text, _) = Assemble("close", "", "", ("Writer-Id", "w"), ("Writer-Sequence", "7"), ("Client-Timestamp", "2026-11-21T12:00:00Z"));

        Assert.Equal(
            """{"timestamp":"2026-11-21T12:00:00Z","writerId":"w","writerSequence":7,"sessionId":"board","applicationId":"demo"}""", text);
    }

    [Theory]
    [InlineData("list", "?limt=1", "", "$.limt")]
    [InlineData("list", "?Limit=1", "", "$.Limit")]
    [InlineData("list", "?applicationId=x", "", "$.applicationId")]
    [InlineData("list", "?limit=1&limit=1", "", "$.limit")]
    [InlineData("list", "?properties=x", "", "$.properties")]
    [InlineData("list", "?limit[a]=x", "", "$.limit")]
    [InlineData("list", "?properties[a]=x&properties[a]=x", "", "$.properties")]
    [InlineData("list", "?access_token=x", "", "$.access_token")]
    [InlineData("close", "?ifSequence=1", "", "$.ifSequence")]
    [InlineData("patch", "?writerId=w", "{}", "$.writerId")]
    [InlineData("patch", "", "", "$")]
    [InlineData("patch", "", "[]", "$")]
    [InlineData("patch", "", "{", "$")]
    [InlineData("patch", "", "{} {}", "$")]
    [InlineData("patch", "", "{\"\\ud800\":1}", "$")]
    [InlineData("patch", "", "{\"nam\":1}", "$.nam")]
    [InlineData("patch", "", "{\"patch\":{}}", "$.patch")]
    [InlineData("patch", "", "{\"sessionId\":\"x\"}", "$.sessionId")]
    [InlineData("patch", "", "{\"writerSequence\":1}", "$.writerSequence")]
    [InlineData("data", "", "", "$")]
    [InlineData("data", "", "{} 1", "$")]
    [InlineData("event", "", "", "$")]
    [InlineData("event", "", "{}", "$.name")]
    [InlineData("add", "", "{\"role\":\"Viewer\"}", "$.id")]
    [InlineData("remove", "?role=Viewer", "", "$.role")]
    public void Assemble_WhatStandsElsewhere_IsRefusedWithItsPath(string operation, string query, string body, string path) =>
        Assert.Equal(path, Assemble(operation, query, body).Path);

    [Fact]
    public void Assemble_AHeaderGivenTwice_IsRefused()
    {
        var (map, route) = Operations["close"];
        var request = Request(route, "");
        request.Headers["Writer-Id"] = new(["a", "b"]);

        Assert.Equal("$.writerId", PathOf(RequestAssembler.Assemble(map, request, default).Error));
    }

    [Theory]
    [InlineData("patch", "$.patch.name", "$.name")]
    [InlineData("data", "$.data", "$")]
    [InlineData("data", "$.data.a.b", "$.a.b")]
    [InlineData("data", "$.writerId", "$.writerId")]
    [InlineData("close", "$.ifSequence", "$.ifSequence")]
    public void Translate_AnErrorInThePart_HasThePathInTheBody(string operation, string path, string sent)
    {
        var error = Operations[operation].Map.Translate(Error.InvalidArgument(path, "is wrong."));

        Assert.Equal((sent, $"{sent}: is wrong."), (PathOf(error), error.Text));
    }

    private static RequestMap Map(JsonTypeInfo type, string method, string pattern, BodyForm form, string? part = null) => new(type, method, pattern, form, part);

    private static (string Name, string Value)[] Session(params (string, string)[] more) => [("applicationId", "demo"), ("sessionId", "board"), .. more];

    private static (string? Text, string? Path) Assemble(string operation, string query, string body, params (string Name, string Value)[] headers)
    {
        var (map, route) = Operations[operation];
        var request = Request(route, query);
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return RequestAssembler.Assemble(map, request, Encoding.UTF8.GetBytes(body)).TryGet(out var assembled, out var error)
            ? (Encoding.UTF8.GetString(assembled.Span), null)
            : (null, PathOf(error));
    }

    private static HttpRequest Request((string Name, string Value)[] route, string query)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        foreach (var (name, value) in route)
        {
            request.RouteValues[name] = value;
        }

        return request;
    }

    private static string? PathOf(Error? error) => error?.Details?["path"]?.GetValue<string>();
}
