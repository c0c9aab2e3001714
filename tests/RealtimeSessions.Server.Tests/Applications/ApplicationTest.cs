using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

/// <summary>The application service on a real engine; <see cref="ServerParts.Alice"/> may create applications.</summary>
public abstract class ApplicationTest : IAsyncLifetime
{
    internal static readonly ApplicationRequest Demo = new() { ApplicationId = "demo" };

    internal ServerParts Parts { get; private set; } = null!;

    internal ApplicationService Service { get; private set; } = null!;

    internal virtual LimitsOptions Limits { get; } = new();

    public async Task InitializeAsync()
    {
        Parts = await ServerParts.StartAsync();
        Service = MakeService(Parts.Applications);
    }

    public virtual async Task DisposeAsync() => await Parts.DisposeAsync();

    /// <summary>Another server's service on the same storage.</summary>
    internal ApplicationService MakeService(ApplicationCache cache) => new(
        new ApplicationStore(Parts.Catalog), cache, Parts.FeedLog, Options.Create(new ApplicationsOptions { Administrators = ["alice"] }),
        Options.Create(Limits), Parts.Time);

    /// <summary>Another server's cache on the same storage.</summary>
    internal ApplicationCache MakeCache(TimeProvider? time = null) =>
        new(new ApplicationStore(Parts.Catalog), time ?? TimeProvider.System, Parts.Logs.CreateLogger<ApplicationCache>());

    internal async Task<Application> CreateAsync(string applicationId) =>
        Value(await Service.CreateAsync(ServerParts.Alice, new CreateApplicationRequest { ApplicationId = applicationId, Name = applicationId }));

    internal async Task<Role> CreateRoleAsync(string name, string[] permissions, params Participant[] participants) =>
        Value(await Service.CreateRoleAsync(ServerParts.Alice, new CreateRoleRequest
        {
            ApplicationId = "demo",
            Name = name,
            Permissions = permissions,
            Participants = participants,
        }));

    internal static RoleRequest RoleOf(string name) => new() { ApplicationId = "demo", Name = name };

    internal static RoleParticipantRequest Somebody(string role, Participant participant) =>
        new() { ApplicationId = "demo", Name = role, Participant = participant };

    internal static T Value<T>(Result<T> answer)
    {
        Assert.Null(answer.Error);
        return answer.Value!;
    }

    internal static void AssertRefused<T>(ErrorCode code, Result<T> answer) => Assert.Equal(code, answer.Error?.Code);

    /// <summary>A refusal that says where.</summary>
    internal static void AssertInvalid<T>(string path, Result<T> answer)
    {
        AssertRefused(ErrorCode.InvalidArgument, answer);
        Assert.Equal(path, answer.Error!.Details!["path"]!.GetValue<string>());
    }
}
