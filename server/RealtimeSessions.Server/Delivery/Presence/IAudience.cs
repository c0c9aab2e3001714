using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Sessions;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>The members of a session on this server, as presence and signals see them.</summary>
internal interface IAudience
{
    /// <summary>Guards everything here.</summary>
    Lock Lock { get; }

    /// <summary>The members.</summary>
    IEnumerable<SessionMember> Members { get; }

    /// <summary>Writes to a member at the head. A write that does not complete at once makes it fall behind.</summary>
    /// <returns>False if it is behind: nothing was written.</returns>
    bool TryTell(SessionMember member, FrameMessage message);
}
