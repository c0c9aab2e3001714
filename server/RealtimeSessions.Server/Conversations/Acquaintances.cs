using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Who knows whom: people who share a space. In a conversation that is in no space, one lists people whom one knows.</summary>
internal sealed class Acquaintances(UserDirectory directory)
{
    /// <summary>Why these users cannot be listed, or null.</summary>
    /// <param name="caller">Who lists them.</param>
    /// <param name="path">Where in the request the conversation stands.</param>
    /// <param name="listed">They.</param>
    /// <param name="present">Who is listed already, and may stay.</param>
    public async Task<Error?> RefusalAsync(Caller caller, string path, IReadOnlyList<UserEntry> listed, IReadOnlyList<UserEntry> present)
    {
        long[] added = [.. listed.Select(entry => entry.UserId).Except(present.Select(entry => entry.UserId))];
        if (added.Length == 0)
        {
            return null;
        }

        var self = await directory.ReadAsync(caller);
        var (spaces, found) = (self.NameSpaces().ToHashSet(), await directory.FindAsync(added));
        for (var i = 0; i < listed.Count; i++)
        {
            var id = listed[i].UserId;
            if (id != self.UserId && added.Contains(id) && found.GetValueOrDefault(id)?.NameSpaces().Any(spaces.Contains) != true)
            {
                return ConversationPolicy.Broken($"{path}.participants[{i}].user_id", "is nobody with whom the caller shares a space.");
            }
        }

        return null;
    }
}
