using System.Collections.Immutable;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Identity;

/// <summary>A token in the hub's address is not written anywhere, however much is logged.</summary>
public sealed class TokenPrivacyTests
{
    [Fact]
    public async Task Output_AtTraceOfEverything_NeverHoldsAToken()
    {
        await using var server = await ServerProcess.StartAsync(ImmutableDictionary<string, string>.Empty
            .Add("Logging__LogLevel__Default", "Trace")
            .Add("Logging__LogLevel__Microsoft", "Trace")
            .Add("Logging__LogLevel__Microsoft.AspNetCore", "Trace")
            .Add("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"));
        var token = await server.SignInAsync("alice");
        var invalid = token[..^8] + "AAAAAAAA";

        await using (var client = await HubClient.ConnectAsync(server.Address, token))
        {
            var session = await client.CreateSessionAsync();
            await client.JoinAsync(session);
            await client.PatchAsync(session, new { a = 1 });
            await client.CallAsync("DoAnything", new { }).RefusedAsync();
            await client.SendRawAsync("broken\u001e"u8.ToArray());
            await client.Closed.WaitAsync(Callbacks.Patience);
        }

        await Assert.ThrowsAsync<HubRefusedException>(() => HubClient.ConnectAsync(server.Address, invalid));
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (var path in (string[])["hub", "hub/negotiate", "nowhere", "dev/sign-in"])
        {
            using var response = await http.GetAsync($"{path}?access_token={token}");
        }

        await server.StopAsync();
        Assert.Contains("trce: Microsoft.AspNetCore", server.Output, StringComparison.Ordinal);
        Assert.Contains("dbug: Microsoft.AspNetCore.SignalR", server.Output, StringComparison.Ordinal);
        foreach (var part in token.Split('.'))
        {
            Assert.DoesNotContain(part, server.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(invalid.Split('.')[^1], server.Output, StringComparison.Ordinal);
    }
}
