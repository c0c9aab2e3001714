using System.Text.Json;
using System.Text.Json.Serialization;

using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>How the hub takes its arguments: unread, for <see cref="RequestReader"/>.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class HubJsonContext : JsonSerializerContext;
