using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Conversations;

/// <summary>What a conversation must be in its space. Each rule answers with the first one that is broken, or null.</summary>
internal static class ConversationInvariants
{
    /// <param name="path">Where in the request it stands.</param>
    /// <param name="conversation">The conversation as it is to be.</param>
    /// <param name="present">As it is; null: it is to be made. What is there already may stay, whatever has become of it.</param>
    /// <param name="space">Where it is.</param>
    public static Error? Check(string path, Conversation conversation, Conversation? present, SpaceState space)
    {
        var isListed = conversation.Participants.Count > 0 || conversation.Groups.Count > 0;
        return conversation.Stakeholder == Stakeholder.JustMe && isListed
                ? ConversationPolicy.Broken($"{path}.stakeholder", "what is just for oneself (0) has no participants and no groups.")
            : conversation.Stakeholder == Stakeholder.Everyone && conversation.SpaceId is null
                ? ConversationPolicy.Broken($"{path}.stakeholder", "for everyone (2) there must be a space.")
            : Users($"{path}.participants", conversation.Participants, present?.Participants ?? [], space)
                ?? Groups($"{path}.groups", conversation, present?.Groups ?? [], space)
                ?? Objects($"{path}.external_objects", conversation.ExternalObjects);
    }

    private static Error? Users(string path, IReadOnlyList<UserEntry> entries, IReadOnlyList<UserEntry> present, SpaceState space)
    {
        var seen = new HashSet<long>();
        for (var i = 0; i < entries.Count; i++)
        {
            var id = entries[i].UserId;
            if (!seen.Add(id))
            {
                return ConversationPolicy.Broken($"{path}[{i}].user_id", "is listed twice.");
            }

            if (!space.HasMember(id) && present.All(entry => entry.UserId != id))
            {
                return ConversationPolicy.Broken($"{path}[{i}].user_id", "is no member of the space.");
            }
        }

        return null;
    }

    private static Error? Groups(string path, Conversation conversation, IReadOnlyList<GroupEntry> present, SpaceState space)
    {
        var seen = new HashSet<long>();
        for (var i = 0; i < conversation.Groups.Count; i++)
        {
            var id = conversation.Groups[i].GroupId;
            if (!seen.Add(id))
            {
                return ConversationPolicy.Broken($"{path}[{i}].group_id", "is listed twice.");
            }

            if (!space.Groups.ContainsKey(id) && present.All(entry => entry.GroupId != id))
            {
                return ConversationPolicy.Broken($"{path}[{i}].group_id", "is no group of the space.");
            }
        }

        return null;
    }

    private static Error? Objects(string path, IReadOnlyList<ExternalObject> objects)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < objects.Count; i++)
        {
            if (!seen.Add(objects[i].Id))
            {
                return ConversationPolicy.Broken($"{path}[{i}].id", "is linked twice.");
            }
        }

        return null;
    }
}
