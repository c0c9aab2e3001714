using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol;

/// <summary>Enumerations are written as their names and read from nothing else: a number is refused.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class WireEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
