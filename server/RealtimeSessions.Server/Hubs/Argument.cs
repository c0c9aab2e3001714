using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>The argument of a hub call: a request of the right shape, or why it is none. So a wrong shape is answered with a code, which the
/// framework's own binding would not do.</summary>
/// <param name="request">What was read.</param>
/// <typeparam name="T">The request.</typeparam>
internal sealed class Argument<T>(Result<T> request)
    where T : notnull
{
    public Result<T> Request => request;

    /// <summary>How the hub's serializer reads it.</summary>
    public static JsonTypeInfo ReadWith(JsonSerializerOptions options) =>
        JsonMetadataServices.CreateValueInfo<Argument<T>>(options, new Converter());

    private sealed class Converter : JsonConverter<Argument<T>>
    {
        private readonly JsonTypeInfo<T> _type = (JsonTypeInfo<T>)RequestJsonContext.Default.GetTypeInfo(typeof(T))!;

        public override bool HandleNull => true;

        public override Argument<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(RequestBinder.Bind(ref reader, _type));

        public override void Write(Utf8JsonWriter writer, Argument<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}

/// <summary>Knows how the arguments of the hub's methods are read. Asked once for each of them.</summary>
internal sealed class ArgumentResolver : IJsonTypeInfoResolver
{
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Argument<>)
            ? (JsonTypeInfo)type.GetMethod(nameof(Argument<>.ReadWith), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [options])!
            : null;
}
