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
    /// <param name="needs">What the act needs, as flags for participants.</param>
    public static Error? Refusal(ApplicationModel? application, Session? session, Caller caller, Permissions needs)
    {
        if (caller.IsSystem)
        {
            return session is null ? SessionNotFound : null;
        }

        if (application is null)
        {
            return ApplicationNotFound;
        }

        var permitted = session is null ? Permissions.None : application.PermissionsIn(session, caller);
        if (!permitted.HasFlag(Permissions.SessionRead))
        {
            return application.PermissionsOf(caller) == Permissions.None ? ApplicationNotFound : SessionNotFound;
        }

        return permitted.HasFlag(needs) ? null : ApplicationPolicy.Forbidden(needs & ~permitted);
    }

    /// <summary>Why a caller may not create sessions, or null if he may.</summary>
    public static Error? CreationRefusal(ApplicationModel? application, Caller caller) =>
        ApplicationPolicy.Refusal(application, caller, Permissions.SessionCreate);

    /// <summary>Why a participant may not be given his role, or null. One can give only what one has.</summary>
    /// <param name="application">The application.</param>
    /// <param name="own">What the giver may do in the session, as flags for participants.</param>
    /// <param name="participant">The participant as he is to be.</param>
    /// <param name="path">Where in the request he stands.</param>
    public static Error? RoleRefusal(ApplicationModel application, Permissions own, Participant participant, string path)
    {
        if (participant.Role is not { } role)
        {
            return null;
        }

        return !application.HasRole(role) ? Error.InvalidArgument($"{path}.role", "the application has no such role.")
            : own.HasFlag(application.PermissionsOfRole(role)) ? null
            : new Error(ErrorCode.Forbidden, "The role permits more than the caller may do in the session himself.");
    }

    public static Error TooManyParticipants(int limit) => Error.LimitExceeded(limit, "The session has too many participants.");

    public static Error DataTooLarge(int limit) => new(ErrorCode.DataTooLarge, "The session data would become too large.")
    {
        Details = new() { ["limit"] = limit },
    };

    public static Error ApplicationNotFound => ApplicationPolicy.NotFound;

    public static Error SessionNotFound { get; } = new(ErrorCode.SessionNotFound, "There is no such session.");

    public static Error SessionClosed { get; } = new(ErrorCode.SessionClosed, "The session is closed.");
}
