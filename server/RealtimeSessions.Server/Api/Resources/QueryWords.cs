using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>What a space's answer has besides the space.</summary>
[JsonConverter(typeof(QueryWordConverter<SpaceInclude>))]
internal enum SpaceInclude
{
    /// <summary>Its members.</summary>
    Participants,
}

/// <summary>What conversations are ordered by, newest first.</summary>
[JsonConverter(typeof(QueryWordConverter<ConversationOrder>))]
internal enum ConversationOrder
{
    /// <summary>When they were made.</summary>
    CreatedAt,

    /// <summary>When they were last changed.</summary>
    UpdatedAt,
}

/// <summary>Words of queries are in snake_case; a number is refused.</summary>
internal sealed class QueryWordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
