using System.Globalization;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>Where conversations are made: a space, or, for those in none, a place of their creator's own.</summary>
/// <param name="SpaceId">The space; 0: it is none.</param>
/// <param name="OwnerId">Whose own place it is; 0: it is a space.</param>
internal readonly record struct SpaceKey(long SpaceId, long OwnerId)
{
    private const string Own = "own-";

    /// <summary>The name of its log, which is also its feed.</summary>
    public LogId Log => new($"space/{this}");

    /// <summary>A space.</summary>
    public static SpaceKey Of(long spaceId) => new(spaceId, 0);

    /// <summary>Where a conversation was made.</summary>
    /// <param name="spaceId">Its space; null: none.</param>
    /// <param name="creatorId">Who made it.</param>
    public static SpaceKey Of(long? spaceId, long creatorId) => spaceId is { } id ? new(id, 0) : new(0, creatorId);

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static SpaceKey Parse(string text) => text.StartsWith(Own, StringComparison.Ordinal)
        ? new(0, long.Parse(text.AsSpan(Own.Length), CultureInfo.InvariantCulture))
        : new(long.Parse(text, CultureInfo.InvariantCulture), 0);

    public override string ToString() => SpaceId > 0
        ? SpaceId.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Own}{OwnerId}");
}
