using System.Net;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Rest;

/// <summary>The session data over REST: entity tags, conditions, the content type of patches.</summary>
public abstract class EntityTagTests(Deployment deployment) : HubTest(deployment)
{
    private const string MergePatch = "application/merge-patch+json";

    private RestClient _alice = null!;
    private RestClient _elsewhere = null!;
    private string _data = null!;

    public override async Task InitializeAsync()
    {
        (_alice, _elsewhere) = (await RestClient.SignInAsync(First, "alice"), await RestClient.SignInAsync(Second, "alice"));
        var session = $"s-{Guid.NewGuid():N}";
        await _alice.DoAsync("POST", "applications/demo/sessions", new { sessionId = session, name = "A session", data = new { a = 1 } });
        _data = $"applications/demo/sessions/{session}/data";
    }

    public override async Task DisposeAsync()
    {
        _alice.Dispose();
        _elsewhere.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Get_WithTheTagOfWhatIsThere_Is304UntilTheDataChange()
    {
        var first = await _elsewhere.CallAsync("GET", _data);
        var tag = first.Headers.ETag!.ToString();
        Assert.Equal($"\"{first.Body.Epoch()}-{first.Body.GetProperty("dataSequence").GetInt64()}\"", tag);

        var known = await _elsewhere.CallAsync("GET", _data, null, MergePatch, ("If-None-Match", $"\"other-1\", W/{tag}"));
        Assert.Equal((HttpStatusCode.NotModified, tag), (known.Status, known.Headers.ETag?.ToString()));

        await _alice.DoAsync("POST", _data.Replace("/data", "/events", StringComparison.Ordinal), new { name = "no change of the data" });
        Assert.Equal(HttpStatusCode.NotModified, (await _elsewhere.CallAsync("GET", _data, null, MergePatch, ("If-None-Match", tag))).Status);
        await _alice.CallAsync("PATCH", _data, new { a = 2 }, MergePatch);
        Assert.Equal(HttpStatusCode.OK, (await _elsewhere.CallAsync("GET", _data, null, MergePatch, ("If-None-Match", tag))).Status);
    }

    [Fact]
    public async Task Patch_WithIfMatch_IsMadeOnWhatTheTagNamesOnly()
    {
        var tag = (await _alice.CallAsync("GET", _data)).Headers.ETag!.ToString();

        var made = await _alice.CallAsync("PATCH", _data, new { b = 1 }, MergePatch, ("If-Match", $"\"foreign\", {tag}"));
        Assert.Equal((HttpStatusCode.OK, $"\"{made.Body.Epoch()}-{made.Body.Sequence()}\""), (made.Status, made.Headers.ETag?.ToString()));
        var late = await _elsewhere.CallAsync("PATCH", _data, new { b = 2 }, MergePatch, ("If-Match", tag));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "precondition_failed"), (late.Status, late.Code));
        Assert.Equal(made.Body.Sequence(), late.Body.Sequence());
        Assert.Equal("precondition_failed", (await _alice.CallAsync("PATCH", _data, new { b = 2 }, MergePatch, ("If-Match", $"W/{made.Headers.ETag}"))).Code);
        Assert.Equal(HttpStatusCode.OK, (await _alice.CallAsync("PATCH", _data, new { b = 3 }, MergePatch, ("If-Match", "*"))).Status);
        Assert.Equal("invalid_argument", (await _alice.CallAsync("PATCH", _data, new { b = 4 }, MergePatch, ("If-Match", "abc"))).Code);
        Assert.Equal(3, (await _elsewhere.DoAsync("GET", _data)).GetProperty("data").GetProperty("b").GetInt32());
    }

    [Fact]
    public async Task Patch_ThatMakesNoEvent_HasNoTag()
    {
        var nothing = await _alice.CallAsync("PATCH", _data, new { }, MergePatch);
        Assert.Equal((HttpStatusCode.OK, null), (nothing.Status, nothing.Headers.ETag));

        (string, string)[] writer = [("Writer-Id", "w"), ("Writer-Sequence", "1")];
        Assert.NotNull((await _alice.CallAsync("PATCH", _data, new { c = 1 }, MergePatch, writer)).Headers.ETag);
        var again = await _elsewhere.CallAsync("PATCH", _data, new { c = 1 }, MergePatch, writer);
        Assert.True(again.Body.GetProperty("duplicate").GetBoolean());
        Assert.Null(again.Headers.ETag);
    }

    [Fact]
    public async Task Get_AtASequence_IsTheDataOfThen()
    {
        await _alice.CallAsync("PATCH", _data, new { a = 2 }, MergePatch);

        Assert.Equal(1, (await _elsewhere.DoAsync("GET", _data + "?atSequence=2")).GetProperty("data").GetProperty("a").GetInt32());
        Assert.Equal("invalid_argument", (await _elsewhere.CallAsync("GET", _data + "?atSequence=99")).Code);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Patch_OfAnotherContentType_IsRefused(string contentType)
    {
        var refused = await _alice.CallAsync("PATCH", _data, new { a = 7 }, contentType);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"), (refused.Status, refused.Code));
    }
}

[Collection(EmbeddedDeployment.Name)]
public sealed class EmbeddedEntityTagTests(EmbeddedDeployment deployment) : EntityTagTests(deployment);

[Collection(RedisDeployment.Name)]
public sealed class RedisEntityTagTests(RedisDeployment deployment) : EntityTagTests(deployment);
