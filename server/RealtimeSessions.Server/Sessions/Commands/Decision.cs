using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>What is to be done: an error, events, or (neither) nothing.</summary>
internal sealed record Decision
{
    /// <summary>Nothing is to be done.</summary>
    public static Decision Nothing { get; } = new();

    /// <summary>Nothing is to be done, if rights in the log are as they were judged.</summary>
    public static Decision NothingByRights { get; } = new() { IsByRights = true };

    /// <summary>Cannot be decided before the state holds everything that was appended.</summary>
    public static Decision Wait { get; } = new();

    /// <summary>Why not, or null.</summary>
    public Error? Error { get; private init; }

    /// <summary>The events to append.</summary>
    public IReadOnlyList<SessionEvent> Events { get; private init; } = [];

    /// <summary>The events make the session.</summary>
    public bool MakesSession { get; init; }

    /// <summary>The events end the session.</summary>
    public bool Seals { get; init; }

    /// <summary>A closed session takes the events too.</summary>
    public bool IsForClosedToo { get; init; }

    /// <summary>The one sequence of the log's head at which the events may be appended; null: any.</summary>
    public long? OnlyAt { get; init; }

    /// <summary>The answer if the head is elsewhere; null: the change is judged again.</summary>
    public Error? Otherwise { get; init; }

    /// <summary>That nothing is to be done holds only while rights are as they were judged.</summary>
    public bool IsByRights { get; private init; }

    public static Decision Refuse(Error error) => new() { Error = error };

    public static Decision Append(params IReadOnlyList<SessionEvent> events) => new() { Events = events };
}
