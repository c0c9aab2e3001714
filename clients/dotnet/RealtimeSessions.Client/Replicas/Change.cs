using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>Where a change is on its way into the log.</summary>
internal enum ChangePhase
{
    /// <summary>It is to be sent on this connection.</summary>
    Waiting,

    /// <summary>It was sent, and its answer has not come.</summary>
    InFlight,

    /// <summary>It was answered, and has not reached its place in the order yet.</summary>
    Acknowledged,

    /// <summary>It has reached its place, or was dropped.</summary>
    Done,
}

/// <summary>An own patch or event that has not reached its place in the confirmed order. Belongs to its replica's lock.</summary>
/// <param name="name">The event's name; null: it is a patch of the data.</param>
/// <param name="content">The patch, or the event's data, if it has any.</param>
/// <param name="madeAt">When it was made.</param>
internal sealed class Change(string? name, JsonTree? content, DateTimeOffset madeAt)
{
    private readonly TaskCompletionSource<Ack> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? Name => name;

    public JsonTree? Content => content;

    public DateTimeOffset MadeAt => madeAt;

    /// <summary>The patch; null: it is an event.</summary>
    public JsonTree? Patch => name is null ? content : null;

    /// <summary>Its content as compact JSON, in bytes.</summary>
    public int Weight { get; } = (content?.Weight ?? 0) + (name is null ? 0 : JsonTree.From(name).Weight);

    /// <summary>Under which writer it was sent; null: it was not, or goes out under a new one.</summary>
    public string? WriterId { get; private set; }

    /// <summary>The writer's number.</summary>
    public long WriterSequence { get; private set; }

    public ChangePhase Phase { get; set; }

    /// <summary>Its answer, once it is acknowledged.</summary>
    public Ack? Ack { get; private set; }

    /// <summary>An earlier try has not been answered, or in a way that leaves it open whether it was made.</summary>
    public bool MayHaveBeenMade { get; set; }

    /// <summary>The last try was answered by <c>writer_gap</c>.</summary>
    public bool HasGap { get; set; }

    /// <summary>Completes when the application's call ends.</summary>
    public Task<Ack> Settled => _settled.Task;

    /// <summary>Gives it its number.</summary>
    public void Number(string writerId, long sequence) => (WriterId, WriterSequence) = (writerId, sequence);

    /// <summary>Takes its number away: it was not made under it.</summary>
    public void Unnumber() => (WriterId, WriterSequence, MayHaveBeenMade) = (null, 0, false);

    /// <summary>Notes the answer.</summary>
    public void Acknowledge(Ack ack) => (Phase, Ack) = (ChangePhase.Acknowledged, ack);

    /// <summary>Whether an event is this change.</summary>
    public bool IsMadeBy(SessionEvent next) => WriterId is not null && WriterId == next.WriterId && WriterSequence == next.WriterSequence;

    /// <summary>The event that it has become, once it is acknowledged.</summary>
    /// <param name="key">The session.</param>
    /// <param name="userId">Who has made it.</param>
    /// <param name="version">The session's version then.</param>
    public SessionEvent AsEvent(SessionKey key, string userId, int version)
    {
        SessionEvent made = name is null ? new SessionDataUpdated { Data = content! } : new SessionEventCreated { Name = name, Data = content };
        return made with
        {
            ApplicationId = key.ApplicationId,
            SessionId = key.SessionId,
            Sequence = Ack!.Position.Sequence,
            EventId = Ack.EventId ?? Guid.Empty,
            CreatedAt = Ack.CreatedAt ?? madeAt,
            Source = EventSource.Hub,
            UserId = userId,
            Timestamp = madeAt,
            Version = version,
            WriterId = WriterId,
            WriterSequence = WriterSequence,
        };
    }

    /// <summary>Ends the application's call.</summary>
    /// <returns>False if it has ended before.</returns>
    public bool TrySettle(Ack ack) => _settled.TrySetResult(ack);

    /// <summary>Ends the application's call with an error.</summary>
    public bool TrySettle(Error error)
    {
        var isFirst = _settled.TrySetException(new RealtimeException(error));
        _ = _settled.Task.Exception; // Who does not wait for it is told as of a refusal.
        return isFirst;
    }
}
