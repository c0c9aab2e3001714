using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Identity;

/// <summary>Who calls: a user and the groups he is in.</summary>
/// <param name="UserId">The token's subject.</param>
/// <param name="Groups">The groups of the token and of the directory, and <see cref="Everyone"/>.</param>
internal sealed record Caller(string UserId, ImmutableHashSet<string> Groups)
{
    /// <summary>The group that every signed-in user is in.</summary>
    public const string Everyone = "everyone";

    /// <summary>The claim with the user's id.</summary>
    public const string SubjectClaim = "sub";

    private const string NameClaim = "name";
    private const string EmailClaim = "email";

    /// <summary>What the token calls the user; null: nothing but his id, or the directory knows it already.</summary>
    public string? Name { get; init; }

    /// <summary>The user's address in the token; null: it has none, or the directory knows it already.</summary>
    public string? Email { get; init; }

    /// <summary>The server itself, when it does what its settings say. Its user id is empty, as no token's is.</summary>
    public static Caller System { get; } = new("", []);

    /// <summary>Whether this is the server itself.</summary>
    public bool IsSystem => ReferenceEquals(this, System);

    /// <summary>A longer group can take part in nothing.</summary>
    private const int MaximumGroup = 200;

    private const string DirectoryPrefix = "directory:";

    /// <summary>Of everybody who is in no other group.</summary>
    private static readonly ImmutableHashSet<string> EveryoneOnly = [Everyone];

    /// <summary>A principal with what a caller is known by, and nothing else: it stays as long as a connection does, and a whole token weighs much.</summary>
    public static ClaimsPrincipal Reduce(ClaimsPrincipal principal, string groupsClaim)
    {
        var identity = new ClaimsIdentity(principal.Identity!.AuthenticationType, SubjectClaim, roleType: null);
        identity.AddClaims(principal.FindAll(SubjectClaim).Select(claim => new Claim(SubjectClaim, claim.Value)));
        identity.AddClaims(principal.FindAll(groupsClaim).Select(claim => new Claim(groupsClaim, claim.Value)));
        identity.AddClaims(new[] { NameClaim, EmailClaim }.Where(type => type != groupsClaim).Select(principal.FindFirst).OfType<Claim>()
            .Select(claim => new Claim(claim.Type, claim.Value)));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Reads a token's principal.</summary>
    public static Caller From(ClaimsPrincipal principal, string groupsClaim) => new(
        principal.FindFirstValue(SubjectClaim) ?? throw new InvalidOperationException("A token without a subject was accepted."),
        EveryoneOnly.Union(principal.FindAll(groupsClaim).Select(claim => claim.Value)
            .Where(group => group.Length is > 0 and <= MaximumGroup && !IsOfDirectory(group))))
    {
        Name = principal.FindFirstValue(NameClaim),
        Email = principal.FindFirstValue(EmailClaim),
    };

    /// <summary>Takes out of a principal what the directory alone asks for, once a caller was made of it.</summary>
    public static void Forget(ClaimsPrincipal principal)
    {
        foreach (var claim in principal.FindAll(claim => claim.Type is NameClaim or EmailClaim).ToArray())
        {
            claim.Subject?.TryRemoveClaim(claim);
        }
    }

    /// <summary>A group of the directory, as participants name it.</summary>
    public static string DirectoryGroup(long groupId) => string.Create(CultureInfo.InvariantCulture, $"{DirectoryPrefix}{groupId}");

    /// <summary>The same caller as one whom the directory knows, in these of its groups and no others.</summary>
    public Caller In(IEnumerable<string> directoryGroups)
    {
        var groups = Groups.Except(Groups.Where(IsOfDirectory)).Union(directoryGroups);
        return new Caller(UserId, groups.SetEquals(Groups) ? Groups : groups);
    }

    /// <summary>Whether a participant is this user, or a group he is in.</summary>
    public bool Is(Participant participant) =>
        participant.Type == ParticipantType.User ? participant.Id == UserId : Groups.Contains(participant.Id);

    private static bool IsOfDirectory(string group) => group.StartsWith(DirectoryPrefix, StringComparison.Ordinal);
}
