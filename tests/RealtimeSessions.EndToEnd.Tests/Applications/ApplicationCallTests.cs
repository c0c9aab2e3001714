using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Applications;

/// <summary>Applications and roles over the hub, as the demo has them.</summary>
public abstract class ApplicationCallTests(Deployment deployment) : HubTest(deployment)
{
    [Fact]
    public async Task ReadingMethods_InTheDemo_AnswerEverySignedInUser()
    {
        var dave = await ConnectAsync("dave", Second);

        var application = await dave.CallAsync("GetApplication", new { applicationId = "demo" });
        var listed = (await dave.CallAsync("ListApplications", new { })).GetProperty("applications");
        var roles = (await dave.CallAsync("ListRoles", new { applicationId = "demo" })).GetProperty("roles");

        Assert.Equal("Demo", application.GetProperty("name").GetString());
        Assert.Equal(1, application.GetProperty("draftVersion").GetInt32());
        Assert.Equal(application.ToString(), Assert.Single(listed.EnumerateArray()).ToString());
        Assert.Equal(
            ["Administrator", "Contributor", "Viewer"], roles.EnumerateArray().Select(role => role.GetProperty("name").GetString()));
        Assert.Equal("0001-01-01T00:00:00Z", roles[0].GetProperty("createdAt").GetString());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("../demo")]
    [InlineData("")]
    public async Task ReadingMethods_OfNoApplication_SayThatThereIsNone(string applicationId)
    {
        var alice = await ConnectAsync("alice");

        foreach (var method in new[] { "GetApplication", "ListRoles" })
        {
            Assert.Equal("application_not_found", (await alice.CallAsync(method, new { applicationId }).RefusedAsync()).Code);
        }
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : ApplicationCallTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : ApplicationCallTests(deployment);
}
