using System.Text.Json.Serialization;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>A request for a page of a list.</summary>
internal abstract record ListRequest
{
    private const int DefaultPage = 25;

    /// <summary>How many items a page has at most, 1 to 100. Default 25.</summary>
    public int? PerPage { get; init; }

    /// <summary>Which page of the list as it is now, from 1; page times per_page is at most 10,000. Default 1.</summary>
    public int? Page { get; init; }

    /// <summary>Where to continue, in place of page: opaque, from the Link of the page before.</summary>
    [JsonConverter(typeof(CursorConverter))]
    public CatalogCursor? After { get; init; }

    /// <summary>How many items a page has.</summary>
    public int PageSize() => PerPage ?? DefaultPage;

    public PageRequest ToPage() => new(PageSize()) { Page = Page ?? 1, After = After };
}

/// <summary>Lists conversations.</summary>
internal sealed record ConversationListRequest : ListRequest
{
    /// <summary>created_at (default) or updated_at; the newest come first.</summary>
    public ConversationOrder? OrderBy { get; init; }

    /// <summary>Only those in this space.</summary>
    public long? SpaceId { get; init; }

    /// <summary>Only those that are linked with this.</summary>
    public string? ExternalObjectId { get; init; }
}

/// <summary>Lists the comments of one conversation.</summary>
internal sealed record CommentListRequest : ListRequest
{
    /// <summary>The word conversation.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The conversation.</summary>
    public required long ResourceId { get; init; }
}

/// <summary>Lists spaces.</summary>
internal sealed record SpaceListRequest : ListRequest
{
    /// <summary>The word participants: the members of the spaces, too.</summary>
    public SpaceInclude? Include { get; init; }
}

/// <summary>Lists groups.</summary>
internal sealed record GroupListRequest : ListRequest
{
    /// <summary>Only those of this space.</summary>
    public long? SpaceId { get; init; }

    /// <summary>Only those with this in their names.</summary>
    public string? Like { get; init; }
}

/// <summary>Lists users.</summary>
internal sealed record UserListRequest : ListRequest
{
    /// <summary>Only the members of this space.</summary>
    public long? SpaceId { get; init; }

    /// <summary>Only those with this in their names.</summary>
    public string? Like { get; init; }
}
