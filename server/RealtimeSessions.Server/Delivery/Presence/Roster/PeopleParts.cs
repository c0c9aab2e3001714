using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Delivery.Presence.Roster;

/// <summary>Cuts people, or a merge patch of them, into parts that come to the same in any order.</summary>
internal static class PeopleParts
{
    /// <summary>What a part weighs at most as JSON, in bytes; one that holds a single connection may weigh more.</summary>
    public const int MaximumBytes = 6 * 1024;

    /// <summary>Cuts.</summary>
    /// <returns>At least one part; empty if there is nobody.</returns>
    public static IReadOnlyList<JsonTree> Cut(JsonTree people)
    {
        if (people.Weight <= MaximumBytes)
        {
            return [people];
        }

        var (parts, part) = (new List<JsonTree>(), JsonTree.Empty);
        foreach (var (user, connections) in people.Members.SelectMany(person => Split(person)))
        {
            // A user who was split may have begun in this part.
            var more = part.With(user, part.TryGetMember(user, out var begun)
                ? connections.Members.Aggregate(begun, (all, connection) => all.With(connection.Name, connection.Value))
                : connections);
            if (more.Weight > MaximumBytes && part.Weight > JsonTree.Empty.Weight)
            {
                parts.Add(part);
                more = JsonTree.Empty.With(user, connections);
            }

            part = more;
        }

        parts.Add(part);
        return parts;
    }

    /// <summary>A person with many connections, one by one.</summary>
    private static IEnumerable<JsonMember> Split(JsonMember person) => person.Value.Weight <= MaximumBytes
        ? [person]
        : person.Value.Members.Select(connection => new JsonMember(person.Name, JsonTree.Empty.With(connection.Name, connection.Value)));
}
