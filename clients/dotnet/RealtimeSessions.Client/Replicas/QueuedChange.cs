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

/// <summary>Something that the application has made and that has not reached its place in the confirmed order. Belongs to its replica's lock.</summary>
/// <param name="content">What it says, if anything.</param>
/// <param name="weight">What that is as compact JSON, in bytes.</param>
/// <param name="madeAt">When it was made.</param>
internal abstract class QueuedChange(JsonTree? content, int weight, DateTimeOffset madeAt)
{
    private readonly TaskCompletionSource<Ack> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JsonTree? Content => content;

    public int Weight => weight;

    public DateTimeOffset MadeAt => madeAt;

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

    /// <summary>Whether the event that was made under a writer's number is this change.</summary>
    public bool IsMadeBy(string? writerId, long? writerSequence) => WriterId is not null && WriterId == writerId && WriterSequence == writerSequence;

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
