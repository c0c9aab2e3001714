using System.Text;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Hostile.Hub;
using RealtimeSessions.EndToEnd.Tests.Hostile.Rest;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile;

/// <summary>What is made hostile is valid before: otherwise all of it might be refused for the same one reason.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class ExampleTests(EmbeddedDeployment deployment) : HubTest(deployment)
{
    [Fact]
    public async Task HubExamples_AsTheyAre_Succeed()
    {
        var stage = await Stage.BuildAsync(First, "hub-examples");
        var client = await ConnectAsync(Stage.Owner);
        foreach (var (method, argument) in HubExamples.Of(stage))
        {
            var exception = await Record.ExceptionAsync(() => client.CallRawAsync(method, Encoding.UTF8.GetBytes($"[{argument}]")));
            Assert.True(exception is null, $"{method} {argument}: {exception?.Message}");
        }
    }

    [Fact]
    public async Task RestExamples_AsTheyAre_Succeed()
    {
        var stage = await Stage.BuildAsync(First, "rest-examples");
        using var attack = new RestAttack(First.Address, await First.SignInAsync(Stage.Owner));
        foreach (var request in RestExamples.Of(stage))
        {
            var operation = $"{request.Method} {string.Join('/', request.Segments)}";
            Assert.Equal($"{operation}: success", $"{operation}: {await attack.PlayAsync(request)}");
        }
    }
}
