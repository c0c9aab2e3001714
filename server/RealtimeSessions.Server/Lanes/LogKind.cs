using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes;

/// <summary>One kind of log: what its lanes, its replicas and whatever follows them have to know of it. Thread-safe.</summary>
/// <typeparam name="TKey">What names a log of this kind. Its text names the log's marks, so it can be read again.</typeparam>
/// <typeparam name="TState">What its events come to.</typeparam>
internal abstract class LogKind<TKey, TState>
    where TKey : notnull
    where TState : class
{
    public abstract LogSettings Settings { get; }

    public abstract LogErrors Errors { get; }

    public abstract IFold<TState> Fold { get; }

    /// <summary>The name of the log.</summary>
    public abstract LogId LogOf(TKey key);

    /// <summary>Where in the catalog the marks of logs of this kind are.</summary>
    public abstract string MarkScope { get; }

    /// <summary>The key of a text that <see cref="object.ToString"/> has made of it.</summary>
    public abstract TKey KeyOf(string text);

    /// <summary>The sequence of the event that changed rights last: the guard by which an append is judged.</summary>
    public abstract long GuardOf(TState state);

    /// <summary>The sequence of the last event that the catalog and the feed must follow.</summary>
    public abstract long FollowedOf(TState state);
}

/// <summary>How logs of a kind are kept in use.</summary>
/// <param name="AppendPatience">How long an append is tried before the caller is told that its outcome is unknown.</param>
/// <param name="IdleTime">How long a log that nobody uses stays in memory.</param>
/// <param name="MaximumIdle">How many logs that nobody uses stay in memory at most.</param>
/// <param name="SweepAfter">How long a change may be under way before another server looks after it.</param>
/// <param name="RetainedEvents">How many of its latest events a log keeps at least; 0: all of them.</param>
internal sealed record LogSettings(TimeSpan AppendPatience, TimeSpan IdleTime, int MaximumIdle, TimeSpan SweepAfter, int RetainedEvents);

/// <summary>What a caller is told where his change does not find a log as it must be.</summary>
/// <param name="NotFound">There is none.</param>
/// <param name="Sealed">It takes no more changes.</param>
/// <param name="Exists">It is to be made, and there is one.</param>
/// <param name="WasDeleted">It is to be made, and there was one.</param>
internal sealed record LogErrors(Error NotFound, Error Sealed, Error Exists, Error WasDeleted);

/// <summary>Reads what changes of a log are judged by besides its state: what it stands in, and where rights come from that are not its own. Thread-safe.</summary>
/// <typeparam name="TKey">What names a log.</typeparam>
/// <typeparam name="TState">What its events come to.</typeparam>
/// <typeparam name="TScene">What is read.</typeparam>
internal interface ISceneReader<TKey, TState, TScene>
    where TState : class
{
    /// <param name="key">The log.</param>
    /// <param name="state">What its events come to; null: there is no such log.</param>
    ValueTask<TScene> ReadAsync(TKey key, TState? state);
}
