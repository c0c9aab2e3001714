using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Directory;

/// <summary>Users found.</summary>
/// <param name="Users">The users, in order.</param>
/// <param name="Next">Where to continue; null: there are no more.</param>
internal sealed record UserPage(IReadOnlyList<DirectoryUser> Users, CatalogCursor? Next);

/// <summary>
/// The users of this server: everybody who has ever called, with his number, and what he is in which space. A subject is one user on all servers.
/// Thread-safe. Whatever needs the storage throws <see cref="EngineUnavailableException"/> if it cannot be reached.
/// </summary>
internal sealed class UserDirectory(UserStore store, UserCache cache, Counters counters, MembershipWriter memberships, TimeProvider time)
{
    private const int MaximumPage = 100;

    /// <summary>The user of a caller, who is entered at his first call, and changed if his token has another name or address. A token that has none
    /// changes none. Costs nothing when he is known and his token says nothing new.</summary>
    public ValueTask<DirectoryUser> EnterAsync(Caller caller)
    {
        var profile = UserProfile.Of(caller);
        return cache.Find(caller.UserId) is { } user && profile.IsKnownOf(user) ? new(user) : new(EnterAsync(caller.UserId, profile));
    }

    /// <summary>The user of a caller, whatever his token says. He is entered if need be.</summary>
    public ValueTask<DirectoryUser> GetAsync(Caller caller) =>
        cache.Find(caller.UserId) is { } user ? new(user) : EnterAsync(caller);

    /// <summary>The user of a caller as he is stored now: with all that any server had acknowledged of his memberships.</summary>
    public async Task<DirectoryUser> ReadAsync(Caller caller) =>
        await store.GetAsync(caller.UserId) is { } entry ? cache.Open(caller.UserId).Accept(UserStore.Read(entry), entry.Version) : await EnterAsync(caller);

    /// <summary>The user with a number; null if there is none.</summary>
    public async Task<DirectoryUser?> FindAsync(long userId) => (await FindAsync([userId])).GetValueOrDefault(userId);

    /// <summary>The users with these numbers, by their numbers; those that do not exist are missing.</summary>
    public async Task<IReadOnlyDictionary<long, DirectoryUser>> FindAsync(IReadOnlyCollection<long> userIds)
    {
        var found = new Dictionary<long, DirectoryUser>();
        await foreach (var entry in store.WalkAsync(userIds.Distinct().Select(UserStore.IdTerm)))
        {
            var user = UserStore.Read(entry);
            found[user.UserId] = user;
        }

        return found;
    }

    /// <summary>
    /// The users with these addresses, by their addresses, in capital letters or not; of several with one address the one who was entered first. Those that
    /// do not exist are missing.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, DirectoryUser>> FindByEmailAsync(IReadOnlyCollection<string> emails)
    {
        var found = new Dictionary<string, DirectoryUser>(StringComparer.OrdinalIgnoreCase);
        await foreach (var entry in store.WalkAsync(emails.Select(UserProfile.CleanEmail).OfType<string>().Select(UserStore.EmailTerm).Distinct()))
        {
            var user = UserStore.Read(entry);
            if (!found.TryGetValue(user.Email!, out var first) || user.UserId < first.UserId)
            {
                found[user.Email!] = user;
            }
        }

        return found;
    }

    /// <summary>Users who are in any of some spaces, the newest first.</summary>
    /// <param name="spaceIds">The spaces.</param>
    /// <param name="after">Where to continue; null begins.</param>
    /// <param name="limit">How many users at most, 1 to 1,000.</param>
    /// <param name="filter">Only those; null: all of them.</param>
    /// <param name="besides">The user with this number too, wherever he is; null: nobody.</param>
    public async Task<UserPage> FindInSpacesAsync(
        IReadOnlyCollection<long> spaceIds, CatalogCursor? after, int limit, Func<DirectoryUser, bool>? filter = null, long? besides = null)
    {
        string[] terms = [.. spaceIds.Distinct().Select(UserStore.SpaceTerm), .. besides is { } id ? new[] { UserStore.IdTerm(id) } : []];
        var found = new List<DirectoryUser>();
        if (terms.Length == 0)
        {
            return new UserPage(found, Next: null);
        }

        do
        {
            var page = await store.QueryAsync(terms, UserStore.CreatedOrder, after, Math.Min(limit - found.Count, MaximumPage));
            found.AddRange(page.Entries.Select(UserStore.Read).Where(user => filter?.Invoke(user) != false));
            after = page.Next;
        }
        while (found.Count < limit && after is not null);

        return new UserPage(found, after);
    }

    /// <summary>All users whom the directory believes to be members of a space.</summary>
    public async Task<IReadOnlyList<DirectoryUser>> FindMembersAsync(long spaceId)
    {
        var members = new List<DirectoryUser>();
        await foreach (var entry in store.WalkAsync([UserStore.SpaceTerm(spaceId)]))
        {
            members.Add(UserStore.Read(entry));
        }

        return members;
    }

    /// <summary>
    /// Writes what users are in a space. What is known of a later event of the same history stays. It acts on this server when this returns, and on the
    /// others within milliseconds. Can be done twice, and must be done again if it throws.
    /// </summary>
    /// <param name="spaceId">The space.</param>
    /// <param name="asOf">Where in the space's log this is true.</param>
    /// <param name="written">What the users concerned are, by their numbers; those who have left too. Users that do not exist are passed over.</param>
    public Task WriteMembershipsAsync(long spaceId, Position asOf, IReadOnlyDictionary<long, Membership> written) =>
        memberships.WriteAsync(spaceId, asOf, written);

    /// <summary>Calls for each change of a caller's user that this server learns of, until the answer is disposed of; now too, if he is known.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="changed">Gets the user as he is now; null: he is entered no longer. Never called twice at a time; must not block.</param>
    public UserFollower Follow(Caller caller, Action<DirectoryUser?> changed) => cache.Follow(caller.UserId, changed);

    private async Task<DirectoryUser> EnterAsync(string subject, UserProfile profile)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        var place = cache.Open(subject);
        while (true)
        {
            var entry = await store.GetAsync(subject);
            var known = entry is null ? await MakeAsync(subject) : UserStore.Read(entry);
            if (entry is not null && profile.IsKnownOf(known))
            {
                return place.Accept(known, entry.Version);
            }

            var changed = profile.ApplyTo(known, time.GetUtcNow());
            if (await store.PutAsync(changed, entry?.Version ?? 0) is { } version)
            {
                return place.Accept(changed, version);
            }
        }
    }

    private async Task<DirectoryUser> MakeAsync(string subject)
    {
        var (number, now) = (await counters.NextAsync(Counters.User, 1), time.GetUtcNow());
        return new DirectoryUser { UserId = number, Subject = subject, Name = subject, CreatedAt = now, UpdatedAt = now };
    }
}
