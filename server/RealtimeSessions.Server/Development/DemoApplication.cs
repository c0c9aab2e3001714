using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Development;

/// <summary>
/// In Development, at the first start: the application <c>demo</c> with one open session <c>welcome</c>, in both of which every signed-in
/// user is a Contributor.
/// </summary>
internal sealed class DemoApplication(ApplicationStore store, SessionService sessions, TimeProvider time) : IHostedService
{
    public const string ApplicationId = "demo";
    public const string SessionId = "welcome";
    public const string Creator = "alice";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var everyone = new Participant(Caller.Everyone) { Type = ParticipantType.Group };
        var application = new Application
        {
            ApplicationId = ApplicationId,
            Name = "Demo",
            Description = "Something to try things out in.",
            DraftVersion = 1,
            CreatedBy = Creator,
            CreatedAt = time.GetUtcNow(),
        };
        var roles = DefaultRoles.For(Creator)
            .Select(role => role.Name == DefaultRoles.Contributor ? role with { Participants = [everyone] } : role).ToArray();
        if (await store.CreateAsync(application, roles))
        {
            await sessions.CreateAsync(new Caller(Creator, [Caller.Everyone]), new CreateSessionRequest
            {
                ApplicationId = ApplicationId,
                SessionId = SessionId,
                Name = "Welcome",
                Participants = [everyone],
                IfExists = IfExists.Return,
            }, EventSource.System);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
