namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>How events go out to members. Section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>
    /// Under load, the time from one pass over a channel's members to the next, for each member. Longer: fewer and larger writes, more
    /// deliveries a second, later. Zero: no pause. Default 60 µs, so 12 ms for 200 members.
    /// </summary>
    public TimeSpan PausePerMember { get; set; } = TimeSpan.FromMicroseconds(60);

    /// <summary>The longest such time, however many members there are. Default 20 ms.</summary>
    public TimeSpan MaximumPause { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// By how many events a member may fall back further than it was when it came, or was at the head last, before it is disconnected; it
    /// resumes by position. Does not concern members that conflate. Default 100,000.
    /// </summary>
    public int MaximumLag { get; set; } = 100_000;

    /// <summary>How long one write to a connection may be blocked because its client reads nothing, before the connection is closed. Default 60 s.</summary>
    public TimeSpan MaximumBlocked { get; set; } = TimeSpan.FromSeconds(60);
}
