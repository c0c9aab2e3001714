using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Replicas;

/// <summary>What a replica wants to be done, or has to tell. In order.</summary>
internal abstract record ReplicaOutput
{
    /// <summary>It is to be joined.</summary>
    public sealed record Join(ResumePosition? Since) : ReplicaOutput;

    /// <summary>A change is to be sent.</summary>
    public sealed record Send<TChange>(TChange Change) : ReplicaOutput;

    /// <summary><see cref="LogReplica{TEvent, TChange}.OnRetry"/> is to be called after a while.</summary>
    public sealed record Wait(TimeSpan Delay) : ReplicaOutput;

    /// <summary>The application's call for a change has ended.</summary>
    public sealed record Settled<TChange>(TChange Change, Result<Ack> Outcome) : ReplicaOutput;

    /// <summary>An event was applied, and the position is this.</summary>
    public sealed record Applied<TEvent>(TEvent Event, Position Position) : ReplicaOutput;

    /// <summary>The confirmed state was replaced.</summary>
    public sealed record WasReset(Position Position) : ReplicaOutput;

    /// <summary>A change was dropped that is not made, or of which that is not known.</summary>
    public sealed record Refused<TChange>(TChange Change, Error Error) : ReplicaOutput;

    /// <summary>The replica takes nothing more.</summary>
    public sealed record Left(string Reason, Error? Error) : ReplicaOutput;
}
