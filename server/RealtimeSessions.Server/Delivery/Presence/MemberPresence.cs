using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>A member that is shown to others and told of them. Belongs to the channel's lock.</summary>
/// <param name="state">The state it comes with, an object.</param>
internal sealed class MemberPresence(JsonTree state)
{
    /// <summary>What others see of it.</summary>
    public JsonTree State { get; set; } = state;

    /// <summary>Which version of the people it was told; -1: none.</summary>
    public long Version { get; set; } = -1;

    /// <summary>It is shown no longer.</summary>
    public bool HasLeft { get; set; }
}
