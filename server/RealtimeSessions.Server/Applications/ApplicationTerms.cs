using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Applications;

/// <summary>What applications are found by: that they exist or are deleted, and the users and groups who may read them.</summary>
internal static class ApplicationTerms
{
    /// <summary>The term of those that exist.</summary>
    public const string Existing = "existing";

    /// <summary>The term of those that are deleted, until they are swept.</summary>
    public const string Deleted = "deleted";

    // The catalog takes no longer ones.
    private const int MaximumLength = 2_000;

    /// <summary>All terms of an application.</summary>
    public static IReadOnlyCollection<string> Of(ApplicationDocument document) => document.DeletedAt is not null
        ? [Deleted]
        : [Existing, .. Fitting(document.Roles.Where(MayRead).SelectMany(role => role.Participants).Select(Of))];

    /// <summary>The terms of which any application has one that the caller may read.</summary>
    public static IReadOnlyCollection<string> Of(Caller caller) =>
        [.. Fitting([User(caller.UserId), .. caller.Groups.Select(Group)])];

    private static bool MayRead(Role role) => PermissionNames.Parse(role.Permissions).HasFlag(Permissions.ApplicationRead);

    private static string Of(Participant participant) =>
        participant.Type == ParticipantType.Group ? Group(participant.Id) : User(participant.Id);

    private static string User(string id) => $"user:{id}";

    private static string Group(string id) => $"group:{id}";

    private static IEnumerable<string> Fitting(IEnumerable<string> terms) => terms.Where(term => term.Length <= MaximumLength).Distinct();
}
