namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rights;

/// <summary>One way of being, or of not being, somebody in a conversation.</summary>
/// <param name="Way">What it is called.</param>
/// <param name="Subject">Who.</param>
/// <param name="Expected">What he is in it.</param>
/// <param name="Form">The conversation as it is asked for.</param>
/// <param name="ByMaker">Whether somebody else makes it; otherwise the subject.</param>
internal sealed record Case(string Way, Subject Subject, Role Expected, object Form, bool ByMaker = true)
{
    public override string ToString() => $"{Way}, by which {Subject} is {Expected}";
}

/// <summary>Those whose rights are looked at.</summary>
internal enum Subject
{
    /// <summary>A member of the space, in the groups one and two.</summary>
    Member,

    /// <summary>An owner of the space, in no group.</summary>
    Owner,

    /// <summary>Never a member of the space.</summary>
    Outsider,

    /// <summary>A member of the space and of the groups until all conversations are made.</summary>
    Removed,

    /// <summary>A member of the space, and of the groups until all conversations are made.</summary>
    LeftGroups,
}

/// <summary>All ways.</summary>
internal static class Cases
{
    private static readonly Role[] Roles = [Role.Editor, Role.Viewer, Role.CollaborationComplete];

    /// <param name="space">The space.</param>
    /// <param name="id">The numbers of the subjects.</param>
    /// <param name="one">A group.</param>
    /// <param name="two">Another one.</param>
    public static IEnumerable<Case> All(long space, IReadOnlyDictionary<Subject, long> id, long one, long two)
    {
        object Entry(Subject subject, Role? role) => new { user_id = id[subject], role };
        object Group(long group, Role? role) => new { group_id = group, role };
        object Form(object[] people, object[] groups, Role other = Role.CollaborationComplete, int stakeholder = 1) =>
            new { name = "A conversation", space_id = space, participants = people, groups, default_role = other, stakeholder };
        Case Make(string way, Subject subject, Role expected, object form) => new(way, subject, expected, form);

        foreach (var role in Roles)
        {
            var other = role == Role.Editor ? Role.Viewer : Role.Editor;
            yield return Make($"own entry {role}", Subject.Member, role, Form([Entry(Subject.Member, role)], [], other));
            yield return Make($"group {role}", Subject.Member, role, Form([], [Group(one, role)], other));
            yield return Make($"everyone, by default {role}", Subject.Member, role, Form([], [], role, stakeholder: 2));
            yield return Make($"everyone, by default {other}, and own entry {role}", Subject.Member, role, Form([Entry(Subject.Member, role)], [], other, stakeholder: 2));
            yield return Make($"everyone, by default {other}, and group {role}", Subject.Member, role, Form([], [Group(two, role)], other, stakeholder: 2));
            yield return Make($"own entry, by default {role}", Subject.Member, role, Form([Entry(Subject.Member, null)], [], role));
            yield return Make($"group, by default {role}", Subject.Member, role, Form([], [Group(one, null)], role));
            yield return Make($"not listed, by default {role}", Subject.Member, Role.None, Form([Entry(Subject.Owner, null)], [], role));

            yield return Make($"owner of the space, own entry {role}", Subject.Owner, Role.Editor, Form([Entry(Subject.Owner, role)], []));
            yield return Make($"owner of the space, everyone, by default {role}", Subject.Owner, Role.Editor, Form([], [], role, stakeholder: 2));
            yield return Make($"owner of the space, not listed, by default {role}", Subject.Owner, Role.None, Form([Entry(Subject.Member, role)], [Group(one, role)], role));

            yield return Make($"outside the space, everyone, by default {role}", Subject.Outsider, Role.None, Form([], [], role, stakeholder: 2));
            yield return Make($"removed from the space, own entry {role}", Subject.Removed, Role.None, Form([Entry(Subject.Removed, role)], []));
            yield return Make($"removed from the space, group {role}", Subject.Removed, Role.None, Form([], [Group(one, role)]));
            yield return Make($"removed from the space, everyone, by default {role}", Subject.Removed, Role.None, Form([], [], role, stakeholder: 2));
            yield return Make($"left the group {role}", Subject.LeftGroups, Role.None, Form([], [Group(one, role)]));
            yield return Make($"left the group {other}, own entry {role}", Subject.LeftGroups, role, Form([Entry(Subject.LeftGroups, role)], [Group(two, other)]));
            yield return Make($"left the group {other}, everyone, by default {role}", Subject.LeftGroups, role, Form([], [Group(two, other)], role, stakeholder: 2));

            yield return Make($"made by him, by default {role}", Subject.Member, Role.Editor, Form([], [], role)) with { ByMaker = false };
            yield return Make($"made by him, own entry {role}", Subject.Member, Role.Editor, Form([Entry(Subject.Member, role)], [])) with { ByMaker = false };
            yield return Make($"made by him, group {role}", Subject.Member, Role.Editor, Form([], [Group(one, role)])) with { ByMaker = false };
            yield return Make($"made by him, then removed, by default {role}", Subject.Removed, Role.None, Form([], [], role)) with { ByMaker = false };
            foreach (var second in Roles.Where(second => second != role))
            {
                yield return Make($"groups {role} and {second}", Subject.Member, (Role)Math.Min((int)role, (int)second), Form([], [Group(one, role), Group(two, second)]));
                yield return Make($"own entry {role} and group {second}", Subject.Member, role, Form([Entry(Subject.Member, role)], [Group(one, second)]));
            }
        }

        yield return Make("just for whoever made it", Subject.Member, Role.None, Form([], [], Role.Editor, stakeholder: 0));
        yield return Make("just for whoever made it, owner of the space", Subject.Owner, Role.None, Form([], [], Role.Editor, stakeholder: 0));
        yield return Make("just for himself", Subject.Member, Role.Editor, Form([], [], stakeholder: 0)) with { ByMaker = false };
    }
}
