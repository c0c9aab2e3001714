using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeSessions.Server.Hubs;

/// <summary>How the hub takes its arguments: unread, for <see cref="RequestBinder"/>.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class HubJsonContext : JsonSerializerContext;
