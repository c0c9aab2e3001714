namespace RealtimeSessions.Server.Identity;

/// <summary>How callers are known. Section <c>Identity</c>.</summary>
internal sealed class IdentityOptions
{
    /// <summary>The token's claim that holds the groups. Default <c>groups</c>.</summary>
    public string GroupsClaim { get; set; } = "groups";
}
