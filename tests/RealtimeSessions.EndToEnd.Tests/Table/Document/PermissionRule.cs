using System.Text.RegularExpressions;

namespace RealtimeSessions.EndToEnd.Tests.Table.Document;

/// <summary>What the column <c>permission</c> of a row says.</summary>
internal abstract partial record PermissionRule
{
    /// <summary>Anybody may call.</summary>
    /// <param name="IsAnonymous">Even without a token.</param>
    public sealed record Free(bool IsAnonymous) : PermissionRule;

    /// <summary>For the users in the server's setting.</summary>
    public sealed record ServerAdministrators : PermissionRule;

    /// <summary>Needs a permission.</summary>
    /// <param name="Permission">The permission, without its scope.</param>
    /// <param name="Member">A member of the request that needs another one, by itself; null: there is none.</param>
    /// <param name="MemberPermission">What that member needs.</param>
    public sealed record Needs(string Permission, string? Member, string? MemberPermission) : PermissionRule;

    /// <summary>Answers with those things for which the caller has a permission.</summary>
    public sealed record Shows(string Permission) : PermissionRule;

    /// <summary>Needs any permission in the application, or this one in one of its sessions.</summary>
    public sealed record AnyOr(string SessionPermission) : PermissionRule;

    public static PermissionRule Parse(string cell) =>
        cell is "" ? new Free(IsAnonymous: false)
        : cell is "no token needed" ? new Free(IsAnonymous: true)
        : cell is "the server's `Administrators`" ? new ServerAdministrators()
        : NeedsCell().Match(cell) is { Success: true } needs
            ? new Needs(Known(needs.Groups[1]), needs.Groups[2].Success ? needs.Groups[2].Value : null, needs.Groups[3].Success ? Known(needs.Groups[3]) : null)
        : ShowsCell().Match(cell) is { Success: true } shows ? new Shows(Known(shows.Groups[1]))
        : AnyOrCell().Match(cell) is { Success: true } any ? new AnyOr(Known(any.Groups[1]))
        : throw new FormatException($"PROTOCOL.md: no test understands the permission: {cell}");

    private static string Known(Group permission) => ProtocolDocument.Permissions.Contains(permission.Value)
        ? permission.Value
        : throw new FormatException($"PROTOCOL.md does not tell of the permission {permission.Value}.");

    [GeneratedRegex(@"\A`([a-z:]+)`(?:; for `([a-z]+)` `([a-z:]+)`)?\z")]
    private static partial Regex NeedsCell();

    [GeneratedRegex(@"\Ashows those with `([a-z:]+)`\z")]
    private static partial Regex ShowsCell();

    [GeneratedRegex(@"\Aany in the application, or `(session:[a-z]+)` in one session\z")]
    private static partial Regex AnyOrCell();
}
