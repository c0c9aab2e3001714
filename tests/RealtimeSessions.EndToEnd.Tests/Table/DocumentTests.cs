using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Table.Document;

namespace RealtimeSessions.EndToEnd.Tests.Table;

/// <summary>The table of methods in PROTOCOL.md has what the server has, and nothing else.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class DocumentTests(EmbeddedDeployment deployment) : HubTest(deployment)
{
    private const string HubName = "RealtimeSessions.Server.Hubs.SessionHub", ServerName = "RealtimeSessions.Server", Prefix = "/api/v1";

    [Fact]
    public void Methods_OfTheHub_StandInTheTables()
    {
        var hub = Assembly.Load(ServerName).GetType(HubName, throwOnError: true)!;
        var methods = hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName);

        Assert.Equal(
            ProtocolDocument.Rows.Select(row => row.Method).OfType<string>().Concat(ProtocolDocument.ConversationMethods.Keys).Order(),
            methods.Where(method => method.GetBaseDefinition() == method).Select(method => method.Name).Order());
    }

    [Fact]
    public async Task Addresses_OfTheServer_StandInTheTable()
    {
        using var http = new HttpClient();
        using var document = JsonDocument.Parse(await http.GetStringAsync(new Uri(First.Address, "openapi/v1.json")));
        var addresses =
            from path in document.RootElement.GetProperty("paths").EnumerateObject()
            where path.Name.StartsWith(Prefix, StringComparison.Ordinal)
            from operation in path.Value.EnumerateObject()
            where operation.Name is "get" or "post" or "put" or "patch" or "delete"
            select new RestAddress(operation.Name.ToUpperInvariant(), path.Name[Prefix.Length..]);

        Assert.Equal(
            ProtocolDocument.Rows.Select(row => row.Rest?.ToString()).OfType<string>().Distinct()
                .Concat(ProtocolDocument.ResourceRows.Select(row => row.Rest.ToString())).Order(),
            addresses.Select(address => address.ToString()).Order());
    }

    [Fact]
    public void Rows_OfTheTable_AreEachThereOnce() =>
        Assert.Equal(ProtocolDocument.Rows.Select(row => row.Key).Distinct(), ProtocolDocument.Rows.Select(row => row.Key));

    [Fact]
    public async Task Addresses_WithoutAToken_AnswerNobodyButWhereTheTableSaysSo()
    {
        using var http = new HttpClient();
        foreach (var row in ProtocolDocument.Rows.Where(row => row.Rest is not null))
        {
            var path = row.Rest!.Path.Replace('{', 'x').Replace('}', 'x');
            using var request = new HttpRequestMessage(new HttpMethod(row.Rest.Verb), new Uri(First.Address, Prefix + path));
            using var response = await http.SendAsync(request);
            var code = response.IsSuccessStatusCode ? null : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
            Assert.Equal((row.Key, row.Permission is PermissionRule.Free { IsAnonymous: true } ? null : "unauthenticated"), (row.Key, code));
        }
    }

    [Fact]
    public async Task AddressesOfConversations_WithoutAToken_AnswerNobodyInTheirOwnForm()
    {
        using var http = new HttpClient();
        foreach (var address in ProtocolDocument.ResourceRows.Select(row => row.Rest))
        {
            var path = address.Path.Replace("{id}", "1", StringComparison.Ordinal).Replace("{user_id}", "1", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(address.Verb), new Uri(First.Address, Prefix + path));
            using var response = await http.SendAsync(request);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

            Assert.Equal((HttpStatusCode.Unauthorized, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal("urn:realtime-sessions:error:unauthenticated", problem.GetProperty("problemType").GetString());
        }
    }
}
