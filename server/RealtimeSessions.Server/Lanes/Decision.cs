using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes;

/// <summary>What is to be done: an error, events, or (neither) nothing.</summary>
/// <typeparam name="TEvent">The events.</typeparam>
internal sealed record Decision<TEvent>
{
    /// <summary>Nothing is to be done.</summary>
    public static Decision<TEvent> Nothing { get; } = new();

    /// <summary>Cannot be decided before the state holds everything that was appended.</summary>
    public static Decision<TEvent> Wait { get; } = new();

    /// <summary>Why not, or null.</summary>
    public Error? Error { get; private init; }

    /// <summary>The events to append.</summary>
    public IReadOnlyList<TEvent> Events { get; private init; } = [];

    /// <summary>The events make the log.</summary>
    public bool MakesLog { get; init; }

    /// <summary>The events end the log.</summary>
    public bool Seals { get; init; }

    /// <summary>A sealed log takes the events too.</summary>
    public bool IsForSealedToo { get; init; }

    /// <summary>
    /// The one sequence of the log's head at which the events may be appended, else the change is judged again; null: any.
    /// </summary>
    public long? OnlyAt { get; init; }

    /// <summary>The events are not to be appended: the log is only asked what it has to say of them (<see cref="NotMade"/>).</summary>
    public bool IsNotMade { get; private init; }

    public static Decision<TEvent> Refuse(Error error) => new() { Error = error };

    public static Decision<TEvent> Append(params IReadOnlyList<TEvent> events) => new() { Events = events };

    /// <summary>
    /// The events are not made now, but may have been, by an earlier try under the same writer's number: then that is the answer. The log
    /// decides it, and also whether rights are as they were judged.
    /// </summary>
    /// <param name="because">The answer if they were not made before; null: there is nothing to do.</param>
    public Decision<TEvent> NotMade(Error? because = null) => this with { OnlyAt = 0, IsNotMade = true, Error = because };
}
