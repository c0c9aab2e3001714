using System.Net.Http.Json;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Rest;

/// <summary>What the server says of itself to anybody, and to pages of other origins.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class InfoTests(EmbeddedDeployment deployment) : HubTest(deployment)
{
    [Fact]
    public async Task Info_WithoutAToken_TellsVersionAndLimits()
    {
        using var http = new HttpClient { BaseAddress = First.Address };

        var info = await http.GetFromJsonAsync<JsonElement>("api/v1/info");

        Assert.Equal(1, info.GetProperty("protocol").GetInt32());
        Assert.Equal("0.1.0", info.GetProperty("version").GetString());
        Assert.Equal(262_144, info.GetProperty("limits").GetProperty("messageBytes").GetInt32());
        Assert.All(info.GetProperty("limits").EnumerateObject(), limit => Assert.Equal(JsonValueKind.Number, limit.Value.ValueKind));
    }

    [Fact]
    public async Task Page_InDevelopment_LoadsNothingFromElsewhere()
    {
        using var http = new HttpClient { BaseAddress = First.Address };

        var page = await http.GetStringAsync("dev/api/");
        var script = await http.GetStringAsync("dev/api/index.js");

        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("openapi/v1.json", script, StringComparison.Ordinal);
        Assert.Contains("CreateSession", await http.GetStringAsync("openapi/v1.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ToAPageOfAnotherOrigin_ShowsItTheHeadersItNeeds()
    {
        using var http = new HttpClient { BaseAddress = First.Address };
        http.DefaultRequestHeaders.Add("Origin", "http://localhost:3000");

        using var refused = await http.GetAsync("api/v1/applications");

        Assert.Equal("http://localhost:3000", Assert.Single(refused.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(["ETag", "Link", "Location", "Retry-After"], Assert.Single(refused.Headers.GetValues("Access-Control-Expose-Headers")).Split(',').Order());
    }
}
