using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Which page of a list.</summary>
/// <param name="PerPage">How many items, 1 to 100.</param>
internal sealed record PageRequest(int PerPage)
{
    /// <summary>The number of the page in the list as it is now, from 1; means nothing with <see cref="After"/>.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Where to continue: the end of the page before; null: nowhere.</summary>
    public CatalogCursor? After { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The items, newest first.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, CatalogCursor? Next);

/// <summary>What a list is ordered by, newest first.</summary>
internal enum ListOrder
{
    /// <summary>When the items were made.</summary>
    CreatedAt,

    /// <summary>When they were last changed.</summary>
    UpdatedAt,
}
