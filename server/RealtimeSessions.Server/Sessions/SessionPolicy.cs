using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Who may do what. What a caller may not read does not exist for him.</summary>
internal static class SessionPolicy
{
    /// <summary>Why a caller may not act in a session, or null if he may.</summary>
    /// <param name="application">The application, or null if there is none.</param>
    /// <param name="session">The session, or null if there is none.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="needs">What the act needs, as a flag for participants.</param>
    public static Error? Refusal(ApplicationModel? application, Session? session, Caller caller, Permissions needs)
    {
        if (application is null)
        {
            return ApplicationNotFound;
        }

        var permitted = session is null ? Permissions.None : application.PermissionsIn(session, caller);
        if (!permitted.HasFlag(Permissions.SessionRead))
        {
            return application.PermissionsOf(caller) == Permissions.None ? ApplicationNotFound : SessionNotFound;
        }

        return permitted.HasFlag(needs) ? null : ApplicationPolicy.Forbidden(needs);
    }

    /// <summary>Why a caller may not create sessions, or null if he may.</summary>
    public static Error? CreationRefusal(ApplicationModel? application, Caller caller) =>
        ApplicationPolicy.Refusal(application, caller, Permissions.SessionCreate);

    public static Error ApplicationNotFound => ApplicationPolicy.NotFound;

    public static Error SessionNotFound { get; } = new(ErrorCode.SessionNotFound, "There is no such session.");
}
