using System.Collections.Concurrent;
using System.Collections.Immutable;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Directory;

/// <summary>Writes into the directory what users are in a space, as the space's log has it, and tells every server. Thread-safe.</summary>
internal sealed class MembershipWriter(UserStore store, UserCache cache, DirectoryLog log)
{
    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 16 };

    /// <inheritdoc cref="UserDirectory.WriteMembershipsAsync"/>
    public async Task WriteAsync(long spaceId, Position asOf, IReadOnlyDictionary<long, Membership> memberships)
    {
        var concerned = new ConcurrentBag<string>();
        for (IReadOnlyCollection<long> left = [.. memberships.Keys]; left.Count > 0;)
        {
            var overtaken = new ConcurrentBag<long>();
            await Parallel.ForEachAsync(store.WalkAsync(left.Select(UserStore.IdTerm)), Together, async (entry, _) =>
            {
                var user = UserStore.Read(entry);
                var known = user.Spaces.GetValueOrDefault(spaceId)?.AsOf;
                if (known?.Epoch == asOf.Epoch && known?.Sequence > asOf.Sequence)
                {
                    return;
                }

                var membership = memberships[user.UserId] with { AsOf = asOf };
                if (known == asOf || await TryWriteAsync(entry, user, spaceId, membership))
                {
                    concerned.Add(user.Subject);
                }
                else
                {
                    overtaken.Add(user.UserId);
                }
            });
            left = overtaken;
        }

        // Of those too that were written before: whoever wrote them may not have come so far.
        await log.AppendAsync(concerned);
    }

    private async Task<bool> TryWriteAsync(CatalogEntry entry, DirectoryUser user, long spaceId, Membership membership)
    {
        var written = user with { Spaces = user.Spaces.ToImmutableDictionary().SetItem(spaceId, membership) };
        if (await store.PutAsync(written, entry.Version) is not { } version)
        {
            return false;
        }

        cache.Accept(written, version);
        return true;
    }
}
