using System.Collections.Concurrent;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Says once of a participant who cannot come in that it is for want of a role: it is what an operator is asked about first.</summary>
internal sealed partial class RolelessParticipants(ILogger<RolelessParticipants> logger)
{
    private const int MaximumNoted = 10_000;

    private readonly ConcurrentDictionary<(string Application, string User), bool> _noted = new();

    /// <summary>Notes a refusal.</summary>
    public void Note(ApplicationModel? application, Session? session, Caller caller)
    {
        if (application is null || session is null || !session.Participants.Any(caller.Is) || application.PermissionsOf(caller) != Permissions.None)
        {
            return;
        }

        if (_noted.Count < MaximumNoted && _noted.TryAdd((session.ApplicationId, caller.UserId), true))
        {
            LogRoleless(logger, caller.UserId, session.ApplicationId);
        }
    }

    [LoggerMessage(3240, LogLevel.Information, "{User} takes part in a session of application {Application} and has no role there, so he cannot read it. Remedy: give him (or a group he is in, or everyone) a role of the application, for example Contributor, or name a role where he is added.")]
    private static partial void LogRoleless(ILogger logger, string user, string application);
}
