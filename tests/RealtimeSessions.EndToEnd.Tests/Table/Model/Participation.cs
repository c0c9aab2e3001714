namespace RealtimeSessions.EndToEnd.Tests.Table.Model;

/// <summary>How a caller takes part in a session.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="ByGroup">By his group, not himself; null: not at all.</param>
/// <param name="Role">The role of his entry; null: none.</param>
internal sealed record Participation(string Name, bool? ByGroup, RoleKind? Role = null)
{
    public static Participation None { get; } = new("no participant", ByGroup: null);

    public static Participation User { get; } = new("a participant", ByGroup: false);

    public static Participation Group { get; } = new("a participant by group", ByGroup: true);

    /// <summary>Every way.</summary>
    public static IReadOnlyList<Participation> All { get; } =
    [
        None, User, Group,
        new("a participant as Viewer", ByGroup: false, RoleKind.Viewer),
        new("a participant by group as Contributor", ByGroup: true, RoleKind.Contributor),
        new("a participant as Administrator", ByGroup: false, RoleKind.Administrator),
        new("a participant as Anywhere", ByGroup: false, RoleKind.Anywhere),
    ];

    /// <summary>The entries of a session in which a caller takes part in this way; beside them some that only look like his.</summary>
    public IEnumerable<object> EntriesOf(Caller caller)
    {
        yield return new { id = Caller.Guest };
        yield return new { id = caller.User, type = "group" };
        yield return new { id = caller.Group, type = "user" };
        yield return new { id = caller.OtherGroup, type = "group", role = RoleKind.Administrator.Name };
        if (ByGroup is { } byGroup)
        {
            var (id, type) = byGroup ? (caller.Group, "group") : (caller.User, "user");
            yield return Role is null ? new { id, type } : new { id, type, role = Role.Name };
        }
    }

    public override string ToString() => Name;
}

/// <summary>Who calls.</summary>
/// <param name="User">His id.</param>
/// <param name="Group">The group he is in.</param>
/// <param name="OtherGroup">A group he is not in.</param>
internal sealed record Caller(string User, string Group, string OtherGroup)
{
    /// <summary>Somebody who takes part in every session, and whom a call can remove.</summary>
    public const string Guest = "erin";

    public static Caller Bob { get; } = new("bob", "designers", "reviewers");

    public static Caller Carol { get; } = new("carol", "reviewers", "designers");
}
