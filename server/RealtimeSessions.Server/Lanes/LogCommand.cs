using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Lanes;

/// <summary>A change of a log that somebody asks for.</summary>
/// <param name="Origin">Whose own events are to be left out; null: nobody's.</param>
internal abstract record LogCommand<TState, TScene>(IEventOrigin? Origin)
    where TState : class
{
    /// <summary>Judges the change by the state as it is. Called again when the log has moved in a way that matters before it could be appended.</summary>
    public abstract Draft Draft(CommandContext<TState, TScene> context);
}

/// <summary>A change that is made of events of one kind.</summary>
/// <typeparam name="TState">What the log's events come to.</typeparam>
/// <typeparam name="TScene">What else changes are judged by.</typeparam>
/// <typeparam name="TEvent">The events.</typeparam>
internal abstract record LogCommand<TState, TScene, TEvent>(IEventOrigin? Origin) : LogCommand<TState, TScene>(Origin)
    where TState : class
{
    /// <summary>The writer's number in the log, or null.</summary>
    public abstract WriterNumber? Writer { get; }

    public sealed override Draft Draft(CommandContext<TState, TScene> context)
    {
        var decision = Decide(context);
        if (ReferenceEquals(decision, Decision<TEvent>.Wait))
        {
            return Lanes.Draft.Wait;
        }

        var draft = new Draft { Refusal = decision.Error, IsNotMade = decision.IsNotMade };
        if (decision.Events.Count == 0)
        {
            return draft;
        }

        var events = new NewEvent[decision.Events.Count];
        var (bytes, changesRights, isToBeFollowed) = (0, false, false);
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = Make(decision.Events[i], context, decision);
            bytes += events[i].Payload.Length;
            changesRights |= events[i].ChangesRights;
            isToBeFollowed |= !decision.IsNotMade && IsToBeFollowed(decision.Events[i]);
        }

        return draft with
        {
            Append = new LogAppend
            {
                Events = events,
                MustBeNew = decision.MakesLog,
                AllowSealed = decision.IsForSealedToo,
                ExpectedSequence = decision.OnlyAt,
                ExpectedGuard = decision.MakesLog ? null : GuardOf(context.State!),
                Writer = Writer,
                Seal = decision.Seals,
            },
            Bytes = bytes,
            ChangesRights = changesRights,
            IsToBeFollowed = isToBeFollowed,
        };
    }

    /// <summary>What is to be done, by the state as it is.</summary>
    protected abstract Decision<TEvent> Decide(CommandContext<TState, TScene> context);

    /// <summary>An event as the log takes it, with who made it, when, and under which number.</summary>
    protected abstract NewEvent Make(TEvent next, CommandContext<TState, TScene> context, Decision<TEvent> decision);

    /// <summary>Whether the catalog and the feed must follow an event.</summary>
    protected abstract bool IsToBeFollowed(TEvent next);

    /// <summary>The sequence of the event that changed rights last.</summary>
    protected abstract long GuardOf(TState state);
}

/// <summary>What a change is judged by.</summary>
/// <param name="Scene">What the log stands in.</param>
/// <param name="State">The log's state, or null if there is no such log.</param>
/// <param name="Position">Where in the log the state is.</param>
/// <param name="Waiting">The bytes of appended payloads that the state does not hold yet.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Limits">The limits.</param>
internal sealed record CommandContext<TState, TScene>(
    TScene Scene, TState? State, Position Position, long Waiting, DateTimeOffset Now, LimitsOptions Limits)
    where TState : class;
