namespace RealtimeSessions.EventLog.Tails;

/// <summary>What a tail needs of its engine.</summary>
internal interface ILogTailSource
{
    /// <summary>As <see cref="IEventLog.ReadAsync"/>.</summary>
    Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Gives a log a new random epoch, if its epoch is still <paramref name="expected"/>, and wakes its tails on every server. Where
    /// history can be lost, the latest snapshot goes too, since it may hold what was lost; the base stays.</summary>
    Task ChangeEpochAsync(LogId log, string expected);
}
