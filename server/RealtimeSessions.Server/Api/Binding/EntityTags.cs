using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Binding;

/// <summary>Entity tags (RFC 9110): a position in quotes. They stand for the session data as a change at that position has left them.</summary>
internal static class EntityTags
{
    public static EntityTagHeaderValue Of(Position position) => new($"\"{position}\"");

    /// <summary>Reads <c>If-Match</c>: any of these; tags that are weak or none of ours match nothing.</summary>
    /// <returns>The positions, none if nothing can match; null if the header is absent or <c>*</c>.</returns>
    public static Result<Position[]?> ReadIfMatch(IHeaderDictionary headers)
    {
        if (!Read(headers.IfMatch, HeaderNames.IfMatch).TryGet(out var tags, out var error))
        {
            return error;
        }

        return headers.IfMatch.Count == 0 || tags.Contains(EntityTagHeaderValue.Any)
            ? (Position[]?)null
            : tags.Where(tag => !tag.IsWeak).SelectMany(PositionsOf).ToArray();
    }

    /// <summary>Whether <c>If-None-Match</c> names a tag, so that the client has what it asks for.</summary>
    public static Result<bool> MatchesIfNoneMatch(IHeaderDictionary headers, EntityTagHeaderValue tag) =>
        Read(headers.IfNoneMatch, HeaderNames.IfNoneMatch).TryGet(out var tags, out var error)
            ? tags.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(tag, useStrongComparison: false))
            : error;

    private static Result<EntityTagHeaderValue[]> Read(StringValues header, string name)
    {
        if (header.Count == 0)
        {
            return Array.Empty<EntityTagHeaderValue>();
        }

        return EntityTagHeaderValue.TryParseStrictList(header, out var tags) && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any))
            ? tags.ToArray()
            : Error.InvalidArgument("$", $"the header {name} must be * or a list of entity tags.");
    }

    private static IEnumerable<Position> PositionsOf(EntityTagHeaderValue tag) =>
        Position.TryParse(tag.Tag.Value![1..^1], out var position) ? [position] : [];
}
