using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>What a member has come into.</summary>
/// <param name="State">The state at the time.</param>
/// <param name="Position">Where what it gets begins.</param>
/// <param name="Recovered">True: it gets the events after the position. False: it gets a reset first.</param>
internal sealed record Entrance<TState>(TState State, Position Position, bool Recovered);

/// <summary>A channel that is told of its log by a replica.</summary>
/// <param name="log">The log.</param>
/// <param name="kind">What the log is of.</param>
/// <param name="services">What channels work with.</param>
/// <param name="ended">Called once, when the channel has ended.</param>
internal abstract class ReplicaChannel<TState>(LogId log, MemberKind kind, ChannelServices services, Action ended)
    : Channel(log, kind, services, ended), IReplicaObserver<TState>
    where TState : class
{
    private Task<Replica<TState>?>? _opening;
    private ReplicaState<TState>? _current;

    /// <summary>The state at the head.</summary>
    protected ReplicaState<TState> Current => _current!;

    /// <summary>Begins to follow the log, at the first call. Whoever calls this calls <see cref="Channel.EndIfEmpty"/> in the end.</summary>
    /// <returns>The replica that tells the channel; null if there is no such log.</returns>
    public Task<Replica<TState>?> OpenAsync()
    {
        lock (Lock)
        {
            return _opening ??= Task.Run(StartAsync);
        }
    }

    /// <summary>Adds a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="since">Where it continues, found to be kept; null: it gets a reset.</param>
    /// <returns>What it has come into; null if the channel has ended, or is not (or no longer) where the member was judged and continues: look again.</returns>
    public Entrance<TState>? TryAdd(ChannelMember member, ResumePosition? since)
    {
        lock (Lock)
        {
            var from = since?.Epoch == Head.Epoch ? since.Sequence : (long?)null;
            return !(from > Head.Sequence) && Admits(member) && TryAdd(member, from)
                ? new Entrance<TState>(Current.State, Head with { Sequence = member.Cursor }, from is not null)
                : null;
        }
    }

    public void OnEvents(IReadOnlyList<LogEvent> events, ReplicaState<TState> after)
    {
        lock (Lock)
        {
            Take(events, after);
        }
    }

    public void OnReset(ReplicaState<TState> state)
    {
        lock (Lock)
        {
            Take(state);
        }
    }

    public void OnDeleted()
    {
        lock (Lock)
        {
            Close(DismissalReason.Deleted, Head.Sequence);
        }
    }

    public void OnFailed()
    {
        lock (Lock)
        {
            Fail();
        }
    }

    /// <summary>Opens what tells the channel. Called once, without the lock.</summary>
    protected abstract Task<Replica<TState>?> OpenReplicaAsync();

    /// <summary>Whether a member may be in the channel, as far as the channel knows.</summary>
    protected abstract bool Admits(ChannelMember member);

    /// <summary>Takes what is new. What follows a change of rights does not come with it.</summary>
    protected virtual void Take(IReadOnlyList<LogEvent> events, ReplicaState<TState> after)
    {
        _current = after;
        Deliver(events, after.Position);
    }

    /// <summary>Takes the state of a history that does not continue what was known.</summary>
    protected virtual void Take(ReplicaState<TState> state)
    {
        _current = state;
        Restart(state.Position);
    }

    protected override void Release()
    {
        if (_opening is { IsCompletedSuccessfully: true, Result: { } replica })
        {
            // Not under the lock: the replica calls the channel under its own.
            replica.Detach(this);
        }
    }

    private async Task<Replica<TState>?> StartAsync()
    {
        if (await OpenReplicaAsync() is not { } replica)
        {
            return null;
        }

        lock (Lock)
        {
            // Under the lock all the same: before this, the replica knows nothing of the channel.
            _current = replica.Attach(this);
            Restart(_current.Position);
            if (replica.HasFailed)
            {
                Fail();
            }
        }

        return replica;
    }
}
