using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Delivery.Presence.Roster;

/// <summary>
/// People as they are, and as they were told last: <c>{user: {connection: state}}</c>, where nobody is without a connection. Not thread-safe.
/// </summary>
internal sealed class PeopleLedger
{
    /// <summary>The people as they are.</summary>
    public JsonTree Present { get; private set; } = JsonTree.Empty;

    /// <summary>The people as of the last difference.</summary>
    public JsonTree Told { get; private set; } = JsonTree.Empty;

    /// <summary>Whether something has changed since; it may have changed back.</summary>
    public bool IsDirty => !ReferenceEquals(Present, Told);

    /// <summary>Enters, changes or removes a connection.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="connection">Its id.</param>
    /// <param name="state">Its state, an object; null removes it.</param>
    public void Set(string user, string connection, JsonTree? state)
    {
        Present.TryGetMember(user, out var before);
        var after = state is null ? before?.Without(connection) : (before ?? JsonTree.Empty).With(connection, state);
        if (!ReferenceEquals(before, after))
        {
            Present = ReferenceEquals(after, JsonTree.Empty) ? Present.Without(user) : Present.With(user, after!);
        }
    }

    /// <summary>Replaces the connections that somebody else has entered. Others of the same users stay.</summary>
    /// <param name="before">As he entered them before.</param>
    /// <param name="after">As they are to be.</param>
    public void Replace(JsonTree before, JsonTree after)
    {
        foreach (var (user, change) in MergePatch.Difference(before, after).Members)
        {
            before.TryGetMember(user, out var old);
            after.TryGetMember(user, out var now);
            foreach (var (connection, _) in (change.IsNull ? old! : change).Members)
            {
                JsonTree? state = null;
                now?.TryGetMember(connection, out state);
                Set(user, connection, state);
            }
        }
    }

    /// <summary>Tells what has changed.</summary>
    /// <returns>The merge patch that makes the present of what was told before; null if nothing has changed.</returns>
    public JsonTree? TakeDifference()
    {
        var difference = MergePatch.Difference(Told, Present);
        if (ReferenceEquals(difference, JsonTree.Empty))
        {
            // Whoever was told the same is right.
            Present = Told;
            return null;
        }

        Told = Present;
        return difference;
    }
}
