using System.Text.Json.Serialization;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Conversations.Entries;

/// <summary>The form of entries in the catalog.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Entry<Conversation>))]
[JsonSerializable(typeof(Entry<PlacedComment>))]
[JsonSerializable(typeof(Entry<SpaceView>))]
[JsonSerializable(typeof(Entry<Group>))]
internal sealed partial class EntryJsonContext : JsonSerializerContext;
