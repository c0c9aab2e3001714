using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.EndToEnd.Tests.Table.Model;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>What a call is about.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="SessionId">The session, where it is about one.</param>
internal sealed record Target(string ApplicationId, string? SessionId = null);

/// <summary>One way to call what a row is about.</summary>
/// <param name="Row">The row.</param>
/// <param name="Members">The request on the hub, its ids aside.</param>
/// <param name="Events">The events it makes when it succeeds.</param>
internal sealed record TableCall(TableRow Row, JsonObject Members, params IReadOnlyList<string> Events)
{
    /// <summary>The role that it gives to somebody.</summary>
    public RoleKind? Gives { get; init; }

    /// <summary>The names of the members that a permission can be about: the request's own and its patch's.</summary>
    private IEnumerable<string> Named => Members["patch"] is JsonObject patch ? patch.Select(member => member.Key) : Members.Select(member => member.Key);

    /// <summary>A call with members as an anonymous object.</summary>
    public static TableCall Of(string key, object members, params IReadOnlyList<string> events) =>
        new(ProtocolDocument.Row(key), (JsonObject)JsonSerializer.SerializeToNode(members, JsonSerializerOptions.Web)!, events);

    /// <summary>The same with more members.</summary>
    public TableCall With(object members)
    {
        var more = (JsonObject)JsonSerializer.SerializeToNode(members, JsonSerializerOptions.Web)!;
        var all = Members.DeepClone().AsObject();
        foreach (var (name, value) in more)
        {
            all[name] = value?.DeepClone();
        }

        return this with { Members = all };
    }

    /// <summary>The permissions it needs: those of the members it has.</summary>
    public IEnumerable<string> Needed(PermissionRule.Needs rule)
    {
        var special = Named.Count(name => name == rule.Member);
        if (special > 0)
        {
            yield return rule.MemberPermission!;
        }

        if (special == 0 || Named.Count() > special)
        {
            yield return rule.Permission;
        }
    }

    public override string ToString() => $"{Row} {Members.ToJsonString()}";
}
