using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>What a space's answer has besides the space.</summary>
internal enum SpaceInclude
{
    /// <summary>Its members.</summary>
    Participants,
}

/// <summary><see cref="SpaceInclude"/> as it is written.</summary>
internal sealed class SpaceIncludeConverter() : JsonStringEnumConverter<SpaceInclude>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary><see cref="ListOrder"/> as it is written.</summary>
internal sealed class ListOrderConverter() : JsonStringEnumConverter<ListOrder>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
