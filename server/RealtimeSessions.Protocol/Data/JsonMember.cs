namespace RealtimeSessions.Protocol.Data;

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">The name, unescaped; any text, the empty one included.</param>
/// <param name="Value">The value.</param>
public readonly record struct JsonMember(string Name, JsonTree Value);
