using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

/// <summary>Two servers on one storage, at the same time.</summary>
public sealed class ApplicationConcurrencyTests : ApplicationTest
{
    [Fact]
    public async Task AddRoleParticipantAsync_ManyAtOnceOnTwoServers_LosesNone()
    {
        using var cache = MakeCache();
        ApplicationService[] services = [Service, MakeService(cache)];

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
            Value(await services[number % 2].AddRoleParticipantAsync(ServerParts.Alice, Somebody("Viewer", new($"user-{number}"))))));

        var role = Value(await Service.GetRoleAsync(ServerParts.Alice, RoleOf("Viewer")));
        Assert.Equal(
            ["carol", .. Enumerable.Range(0, 20).Select(number => $"user-{number}").Order()], role.Participants.Select(one => one.Id).Order());
        await Wait.UntilAsync(async () => (await CountAsync(Parts.Applications), await CountAsync(cache)) == (20, 20));
    }

    [Fact]
    public async Task CreateAsync_OfOneIdOnTwoServers_MakesItOnce()
    {
        using var cache = MakeCache();
        ApplicationService[] services = [Service, MakeService(cache)];

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            services[number % 2].CreateAsync(ServerParts.Alice, new() { ApplicationId = "fresh", Name = $"{number}" })));

        var made = Value(Assert.Single(all, answer => answer.Error is null));
        Assert.All(all.Where(answer => answer.Error is not null), answer => AssertRefused(ErrorCode.Conflict, answer));
        Assert.Equal(made, Value(await Service.GetAsync(ServerParts.Alice, new() { ApplicationId = "fresh" })));
    }

    [Fact]
    public async Task RemoveRoleParticipantAsync_TheLastTwoRemoveEachOther_LeavesOne()
    {
        Value(await Service.AddRoleParticipantAsync(ServerParts.Alice, Somebody("Administrator", new("bob"))));
        using var cache = MakeCache();
        var other = MakeService(cache);

        await Task.WhenAll(
            Task.Run(() => Service.RemoveRoleParticipantAsync(ServerParts.Alice, Somebody("Administrator", new("bob")))),
            Task.Run(() => other.RemoveRoleParticipantAsync(ServerParts.Bob, Somebody("Administrator", new("alice")))));

        Assert.Single(ApplicationStore.Read((await Parts.Store.GetAsync("demo"))!).FindRole("Administrator")!.Participants);
    }

    private static async Task<int> CountAsync(ApplicationCache cache)
    {
        var model = (await cache.GetAsync("demo"))!;
        return Enumerable.Range(0, 20).Count(number => model.PermissionsOf(new Caller($"user-{number}", [])) != Permissions.None);
    }
}
