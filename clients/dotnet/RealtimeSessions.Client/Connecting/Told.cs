using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Connecting;

/// <summary>An event of a session that is told to members and to watchers by the same callback.</summary>
/// <param name="Event">The event.</param>
/// <param name="Feed">Its position in the application's feed; null: it is told to a member.</param>
/// <param name="Session">The whole session, where it is told to a watcher to whom that is new; else null.</param>
internal sealed record Told<TEvent>(TEvent Event, Position? Feed, Session? Session)
    where TEvent : SessionEvent;

/// <summary>Reads what is told both to members and to watchers: the whole session stands where else only what was changed of it does.</summary>
internal sealed class ToldConverter<TEvent> : JsonConverter<Told<TEvent>>
    where TEvent : SessionEvent
{
    public override Told<TEvent> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        var made = root.Deserialize((JsonTypeInfo<TEvent>)options.GetTypeInfo(typeof(TEvent)))!;
        if (!root.TryGetProperty("feed"u8, out var feed))
        {
            return new(made, Feed: null, Session: null);
        }

        var isWhole = root.TryGetProperty("session"u8, out var session) && session.TryGetProperty("sessionId"u8, out _);
        return new(
            made,
            feed.Deserialize((JsonTypeInfo<Position>)options.GetTypeInfo(typeof(Position))),
            isWhole ? session.Deserialize((JsonTypeInfo<Session>)options.GetTypeInfo(typeof(Session))) : null);
    }

    public override void Write(Utf8JsonWriter writer, Told<TEvent> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Clients only read it.");
}

/// <summary>How what is told to members and to watchers is read.</summary>
internal sealed class ToldResolver : IJsonTypeInfoResolver
{
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        Find<SessionCreated>(type, options) ?? Find<SessionUpdated>(type, options) ?? Find<SessionPropertiesUpdated>(type, options)
        ?? Find<SessionParticipantAdded>(type, options) ?? Find<SessionParticipantRemoved>(type, options) ?? Find<SessionClosed>(type, options)
        ?? Find<SessionDeleted>(type, options);

    private static JsonTypeInfo? Find<TEvent>(Type type, JsonSerializerOptions options)
        where TEvent : SessionEvent =>
        type == typeof(Told<TEvent>) ? JsonMetadataServices.CreateValueInfo<Told<TEvent>>(options, new ToldConverter<TEvent>()) : null;
}
