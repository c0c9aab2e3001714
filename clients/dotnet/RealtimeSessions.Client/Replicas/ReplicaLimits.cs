using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>How much a replica holds, and what it refuses at once.</summary>
internal sealed record ReplicaLimits
{
    /// <summary>What stands around the content of a change in its message, at most.</summary>
    private const int Envelope = 1024;

    /// <summary>How many changes there may be.</summary>
    public int PendingChanges { get; init; } = 10_000;

    /// <summary>What they may weigh together.</summary>
    public int PendingBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>What a message to the hub may weigh.</summary>
    public int MessageBytes { get; init; } = 256 * 1024;

    /// <summary>How deep the content of a change may nest.</summary>
    public int Depth { get; init; } = JsonTree.DefaultMaximumDepth;

    /// <summary>How many changes are sent without waiting for an answer.</summary>
    public int InFlight { get; init; } = 32;

    /// <summary>How many own patches can be undone.</summary>
    public int UndoSteps { get; init; } = 100;

    /// <summary>What a change's content weighs in a message. By default as JSON.</summary>
    public Func<QueuedChange, int> MessageWeight { get; init; } = change => change.Weight;

    /// <summary>Why a change is refused whatever else there is, or null.</summary>
    public Error? Refusal(QueuedChange change)
    {
        if (change.Content?.IsDeeperThan(Depth) == true)
        {
            return Error.InvalidArgument("$.data", $"Nests deeper than {Depth}.");
        }

        var limit = MessageBytes - Envelope;
        return MessageWeight(change) > limit
            ? new Error(ErrorCode.PayloadTooLarge, "The change is larger than a message may be.") { Details = new() { ["limit"] = limit } }
            : null;
    }

    /// <summary>Why one more change is refused beside others, or null.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="bytes">What they weigh, the new one included.</param>
    public Error? Refusal(int count, long bytes) =>
        count >= PendingChanges ? Full(PendingChanges, "changes") : bytes > PendingBytes ? Full(PendingBytes, "bytes of changes") : null;

    private static Error Full(int limit, string what) =>
        new(ClientErrors.QueueFull, $"{limit} {what} wait for their answer already.") { Details = new() { ["limit"] = limit } };
}
