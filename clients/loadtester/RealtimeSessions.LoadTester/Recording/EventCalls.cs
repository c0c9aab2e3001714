using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.LoadTester.Recording;

/// <summary>The call that makes an event again.</summary>
internal static class EventCalls
{
    /// <summary>The method and its request; null for an event that no call of a trace makes: the session's creation.</summary>
    public static (string Method, byte[] Arguments)? Of(SessionEvent next) => next switch
    {
        SessionDataUpdated patch => (TraceMethods.PatchSessionData, Json("data", patch.Data)),
        SessionEventCreated { Data: null } custom => (TraceMethods.CreateSessionEvent, Json(("name", JsonTree.From(custom.Name)))),
        SessionEventCreated { Data: { } data } custom => (TraceMethods.CreateSessionEvent, Json(("name", JsonTree.From(custom.Name)), ("data", data))),
        SessionUpdated { Session: var text } => (
            TraceMethods.PatchSession,
            Json("patch", new SessionPatch { Name = text.Name, Description = text.Description }, RecordingJsonContext.Default.SessionPatch)),
        SessionPropertiesUpdated { Session.Properties: var properties } => (
            TraceMethods.UpdateSessionProperties, Json("properties", properties, RecordingJsonContext.Default.IReadOnlyDictionaryStringString)),
        SessionParticipantAdded { Participant: var participant } => (
            TraceMethods.AddSessionParticipant, Json("participant", participant, RecordingJsonContext.Default.Participant)),
        SessionParticipantRemoved { Participant: var participant } => (
            TraceMethods.RemoveSessionParticipant, Json("participant", participant with { Role = null }, RecordingJsonContext.Default.Participant)),
        SessionClosed => (TraceMethods.CloseSession, Encoding.ASCII.GetBytes("{}")),
        _ => null,
    };

    private static byte[] Json<T>(string name, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => Json(name, JsonTree.From(value, type));

    private static byte[] Json(string name, JsonTree value) => Json((name, value));

    private static byte[] Json(params (string Name, JsonTree Value)[] members)
    {
        using var to = new MemoryStream();
        using (var json = new Utf8JsonWriter(to))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return to.ToArray();
    }
}

/// <summary>How the parts of requests are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionPatch))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(Participant))]
internal sealed partial class RecordingJsonContext : JsonSerializerContext;
