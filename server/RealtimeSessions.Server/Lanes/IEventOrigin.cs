namespace RealtimeSessions.Server.Lanes;

/// <summary>Where a change came from, if it wants its own events left out because it is told of them by their Ack.</summary>
internal interface IEventOrigin
{
    /// <summary>An event is about to be appended whose Ack will be sent.</summary>
    void Expect(Guid eventId);

    /// <summary>No Ack will be sent after all: should the event appear, it is to be delivered.</summary>
    void Forget(Guid eventId);
}
