namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// Gathers what a member that is behind has missed, and makes less of it. Belongs to the channel's lock, unless it says otherwise.
/// </summary>
internal interface IConflation
{
    /// <summary>Whether nothing was gathered.</summary>
    bool IsEmpty { get; }

    /// <summary>Whether as much was gathered as may be: it must be taken before anything is added.</summary>
    bool IsFull { get; }

    /// <summary>Whether the state would do as well, and weighs less.</summary>
    /// <param name="stateBytes">What the state weighs.</param>
    bool IsWorthLessThanState(int stateBytes);

    /// <summary>Does with an event what takes time, before it is added. For any thread.</summary>
    void Prepare(ChannelEvent next);

    /// <summary>Adds the next event.</summary>
    /// <param name="next">The event.</param>
    /// <param name="isLeftOut">Whether it is left out for the member, who knows of it; it still counts in the middle of others.</param>
    void Add(ChannelEvent next, bool isLeftOut);

    /// <summary>Takes what was gathered, as frames with the sequence of the last event in each, and begins anew.</summary>
    IReadOnlyList<(long Sequence, byte[]? Frame)> Take();

    /// <summary>Forgets what was gathered.</summary>
    void Clear();
}
