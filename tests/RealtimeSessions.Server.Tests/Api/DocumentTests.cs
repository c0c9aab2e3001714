using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api;
using RealtimeSessions.Server.Api.Binding;
using RealtimeSessions.Server.Api.OpenApi;
using RealtimeSessions.Server.Api.Problems;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Monitoring;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Storage;
using RealtimeSessions.Server.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Api;

/// <summary>What the description of the API says, walked from end to end.</summary>
public sealed class DocumentTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private static readonly Dictionary<string, ErrorCode> Codes = typeof(ErrorCode).GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (ErrorCode)field.GetValue(null)!).ToDictionary(code => code.Name);

    private WebApplication _app = null!;
    private JsonObject _document = null!;
    private ApiOperation[] _operations = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Storage:Directory"] = _folder.Path;
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddServerMetrics();
        builder.Services.AddStorage();
        builder.Services.AddRequests();
        builder.Services.AddDirectory();
        builder.Services.AddApplications();
        builder.Services.AddSessions();
        builder.Services.AddConversations(builder.Configuration);
        builder.Services.AddMonitoring();
        builder.Services.AddApi();
        builder.Services.AddAuthorization();
        _app = builder.Build();
        await _app.OpenStorageAsync();
        _app.MapApi();
        await _app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        _document = JsonNode.Parse(await http.GetStringAsync(new Uri(DocumentSetup.Path, UriKind.Relative)))!.AsObject();
        _operations = [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>()).OfType<ApiOperation>()];
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Document_EveryOperation_IsThereWithWhatIsSaidOfIt()
    {
        Assert.NotEmpty(_operations);
        Assert.All(_operations, operation =>
        {
            var described = Described(operation);
            foreach (var member in (string[])["summary", "description", "operationId"])
            {
                Assert.NotEqual("", Text(described[member]));
            }

            Assert.Equal(operation.Id, Text(described["operationId"]));
            Assert.Single(described["tags"]!.AsArray());
            Assert.Equal(!operation.IsAnonymous, described.ContainsKey("security"));
        });
        Assert.Equal(_operations.Length, _document["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count));
        Assert.Equal(_operations.Length, _operations.Select(operation => operation.Id).Distinct().Count());
    }

    [Fact]
    public void Document_EveryMember_StandsWhereItIsReadFromAndNowhereElse() => Assert.All(_operations, operation =>
    {
        var described = Described(operation);
        var parameters = described["parameters"]?.AsArray().Select(parameter => (Text(parameter!["in"]), Text(parameter["name"]))).ToArray() ?? [];
        Assert.All(described["parameters"]?.AsArray() ?? [], parameter => Assert.NotEqual("", Text(parameter!["description"])));
        Assert.Equal(
            operation.Map.Members.Where(member => member.Place != MemberPlace.Body).Select(member => (In(member.Place), member.PlaceName)).Order(),
            parameters.Where(parameter => !parameter.Item2.StartsWith("If-", StringComparison.Ordinal)).Order());
        if (operation.Map.Form == BodyForm.Members)
        {
            Assert.Equal(
                operation.Map.In(MemberPlace.Body).Select(member => member.Name).Order(),
                (BodyOf(described)?["schema"]?["properties"]?.AsObject().Select(property => property.Key) ?? []).Order());
        }
    });

    [Fact]
    public void Document_EveryBody_HasAnExampleThatIsRead() => Assert.All(_operations, operation =>
    {
        if (BodyOf(Described(operation)) is not { } body)
        {
            Assert.False(operation.Map.NeedsBody);
            return;
        }

        var request = new DefaultHttpContext().Request;
        foreach (var member in operation.Map.In(MemberPlace.Route))
        {
            request.RouteValues[member.Name] = member.IsNumber ? "7" : member.Name == "type" ? "user" : "some";
        }

        var assembled = RequestAssembler.Assemble(operation.Map, request, JsonSerializer.SerializeToUtf8Bytes(body["example"]));
        Assert.Null(assembled.Error);
        Assert.NotNull(JsonSerializer.Deserialize(assembled.Value.Span, operation.RequestType));
    });

    [Fact]
    public void Document_EveryAnswer_HasAnExampleThatIsRead() => Assert.All(_operations, operation =>
    {
        var responses = Described(operation)["responses"]!.AsObject();
        Assert.Contains(responses, response => response.Key[0] == '2');
        Assert.All(responses.Where(response => response.Key is not ("204" or "304")), response =>
        {
            var content = response.Value!["content"]!.AsObject().Single();
            Assert.Equal(response.Key[0] == '2' ? "application/json" : ProblemForm.At(ApiSetup.Path + operation.Pattern).MediaType, content.Key);
            Assert.NotNull(content.Value!["schema"]);
            var example = content.Value["example"];
            Assert.NotNull(example);
            if (response.Key[0] == '2')
            {
                Assert.NotNull(JsonSerializer.Deserialize(example, operation.AnswerType));
            }
        });
    });

    /// <summary>The tables of PROTOCOL.md say for every address what it answers besides what any call can.</summary>
    [Fact]
    public void Document_TheCodesOfAnOperation_AreThoseOfTheProtocol()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "server", "RealtimeSessions.Protocol", "PROTOCOL.md"))
            .Select(line => line.Split('|')).Where(cells => cells.Length is 6 or 7)
            .Select(cells => (Address: cells[cells.Length - 5].Trim(' ', '`'), Codes: cells[^2].Split(',').Select(code => code.Trim(' ', '`')).Where(code => code.Length > 0)))
            .Where(row => row.Address.Split(' ') is [_, var path] && (path is "A" or "S" || path.Contains('/', StringComparison.Ordinal)))
            .DistinctBy(row => row.Address).ToDictionary(row => row.Address, row => row.Codes);

        Assert.Equal(_operations.Length, table.Count);
        Assert.All(_operations, operation =>
        {
            var rest = $"{operation.Method} {operation.Pattern}"
                .Replace("/applications/{applicationId}/sessions/{sessionId}", "S", StringComparison.Ordinal)
                .Replace("/applications/{applicationId}", "A", StringComparison.Ordinal);
            string[] always = operation.IsAnonymous ? ["invalid_argument", "internal"] : ["invalid_argument", "internal", "unauthenticated", "unavailable"];
            string[] ofBodies = operation.Map.Form == BodyForm.None ? [] : ["payload_too_large", "unsupported_media_type"];

            Assert.Equal(table[rest].Concat(always).Concat(ofBodies).Order(), CodesOf(Described(operation)).Order());
        });
    }

    /// <summary>What is absent is left out, so null is none of the values.</summary>
    [Fact]
    public void Document_EveryEnumeration_HasTheNamesThatAreWritten()
    {
        var enumerations = Enumerations(_document).ToArray();

        Assert.Equal(
            ["0,1", "0,1,2", "1,2", "1,2,3", "closed,open", "created_at,updated_at", "degraded,healthy,unavailable", "fail,return", "group,user", "participants"],
            enumerations.Select(schema => string.Join(',', schema["enum"]!.AsArray().Select(value => $"{value}").Order())).Distinct().Order());
        Assert.Superset(
            new HashSet<string> { "A session's status.", "The type of a participant.", "What to do if there is one already." },
            enumerations.Select(schema => Text(schema["description"])).ToHashSet());
        Assert.All(enumerations, schema => Assert.All(schema["enum"]!.AsArray(), value =>
            Assert.Equal(value!.GetValueKind() == JsonValueKind.Number ? "integer" : "string", Text(schema["type"]))));
    }

    [Fact]
    public void Document_ListsOfConversations_AreSaidToHaveALink()
    {
        var linked = _operations.Where(operation => Described(operation)["responses"]!["200"]?["headers"]?["Link"] is not null);

        Assert.Equal(
            ["ListComments", "ListConversations", "ListGroups", "ListSpaces", "ListUsers"], linked.Select(operation => operation.Id).Order());
    }

    [Fact]
    public void Document_WhatConversationsAreMadeOf_IsInSnakeCase()
    {
        var schemas = _document["components"]!["schemas"]!;

        Assert.All(
            (string[])["ConversationResource", "ConversationInput", "CommentResource", "SpaceResource", "GroupResource", "UserResource", "UserEntry", "SpaceParticipantInput"],
            name => Assert.DoesNotContain(schemas[name]!["properties"]!.AsObject(), property => property.Key.Any(char.IsAsciiLetterUpper)));
        Assert.Contains("default_role", schemas["ConversationInput"]!["properties"]!.AsObject().Select(property => property.Key));
    }

    [Fact]
    public void Document_NoReference_Dangles()
    {
        var references = References(_document).Distinct().ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            var target = reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)_document, (node, step) => node?[step]);
            Assert.True(target is not null, reference);
        });
    }

    /// <summary>The codes in the descriptions of the answers, each under its own status.</summary>
    private static IEnumerable<string> CodesOf(JsonObject described) =>
        from response in described["responses"]!.AsObject()
        where response.Key[0] is '4' or '5'
        from code in Text(response.Value!["description"]).Split('`').Where((_, i) => i % 2 == 1)
        where Codes[code].HttpStatus == int.Parse(response.Key, CultureInfo.InvariantCulture)
        select code;

    private static IEnumerable<JsonObject> Enumerations(JsonNode? node) => node switch
    {
        JsonObject schema when schema.ContainsKey("enum") => [schema],
        JsonObject members => members.SelectMany(member => Enumerations(member.Value)),
        JsonArray items => items.SelectMany(Enumerations),
        _ => [],
    };

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [Text(member.Value)] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private JsonObject Described(ApiOperation operation) =>
        _document["paths"]![ApiSetup.Path + operation.Pattern]![operation.Method.ToLowerInvariant()]!.AsObject();

    private static JsonNode? BodyOf(JsonObject described) => described["requestBody"]?["content"]?.AsObject().Single().Value;

    private static string In(MemberPlace place) => place == MemberPlace.Route ? "path" : place.ToString().ToLowerInvariant();

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}
