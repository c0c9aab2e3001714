using System.Numerics;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Applications;

/// <summary>Who may do what with an application. One in which a caller has no permission at all does not exist for him.</summary>
internal static class ApplicationPolicy
{
    /// <summary>Why a caller may not do something that needs a permission, or null if he may.</summary>
    /// <param name="application">The application, or null if there is none.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="needs">What it needs.</param>
    public static Error? Refusal(ApplicationModel? application, Caller caller, Permissions needs)
    {
        var permitted = application?.PermissionsOf(caller) ?? Permissions.None;
        return permitted == Permissions.None ? NotFound : permitted.HasFlag(needs) ? null : Forbidden(needs);
    }

    public static Error NotFound { get; } = new(ErrorCode.ApplicationNotFound, "There is no such application.");

    public static Error RoleNotFound { get; } = new(ErrorCode.RoleNotFound, "There is no such role.");

    public static Error CreationForbidden { get; } =
        new(ErrorCode.Forbidden, "Applications are created by the users in the server's setting Administrators.");

    /// <summary>A permission is missing; of several the first one is named.</summary>
    public static Error Forbidden(Permissions missing)
    {
        var first = (Permissions)(1 << BitOperations.TrailingZeroCount((int)missing));
        return new(ErrorCode.Forbidden, $"This needs the permission {PermissionNames.Describe(first)}.");
    }

    public static Error Conflict(string text) => new(ErrorCode.Conflict, text);
}
