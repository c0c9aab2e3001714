using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>Somebody with a number, who calls one server, and another of the same deployment where there is one, by one and the same name.</summary>
/// <param name="Id">His number.</param>
/// <param name="Name">What he is called.</param>
/// <param name="Email">His e-mail address.</param>
/// <param name="Here">His calls to the one server.</param>
/// <param name="Elsewhere">His calls to the other one.</param>
internal sealed record Person(long Id, string Name, string Email, RestClient Here, RestClient Elsewhere) : IDisposable
{
    /// <summary>Signs in, and learns who he is.</summary>
    public static async Task<Person> SignInAsync(string name, ServerProcess server, ServerProcess other)
    {
        var here = await RestClient.SignInAsync(server, name);
        var self = (await here.DoAsync("GET", "userinfo")).One("users");
        return new Person(self.Id(), name, self.GetProperty("email").GetString()!, here, await RestClient.SignInAsync(other, name, server.Address.Authority));
    }

    public void Dispose()
    {
        Here.Dispose();
        Elsewhere.Dispose();
    }
}
