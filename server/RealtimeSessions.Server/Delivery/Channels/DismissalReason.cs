namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>Why a connection is no longer told of something, as it is said to it.</summary>
internal static class DismissalReason
{
    /// <summary>It was deleted.</summary>
    public const string Deleted = "deleted";

    /// <summary>The caller may read it no longer.</summary>
    public const string AccessRevoked = "access_revoked";

    /// <summary>The connection fell too far behind. It is closed; its client comes back and resumes.</summary>
    public const string TooSlow = "too_slow";
}
