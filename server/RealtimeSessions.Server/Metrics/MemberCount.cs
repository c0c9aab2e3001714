namespace RealtimeSessions.Server.Metrics;

/// <summary>What connections are told of.</summary>
internal enum MemberKind
{
    Session,
    Conversation,

    /// <summary>The feed of an application.</summary>
    Application,

    /// <summary>The feed of a space.</summary>
    Space,
}

/// <summary>Counts who is told of logs of one kind. Thread-safe.</summary>
internal sealed class MemberCount
{
    private long _logs;
    private long _members;
    private long _lagging;

    /// <summary>Logs that somebody is told of.</summary>
    public long Logs => Volatile.Read(ref _logs);

    /// <summary>Those who are, once for each log.</summary>
    public long Members => Volatile.Read(ref _members);

    /// <summary>How many of them are behind.</summary>
    public long Lagging => Volatile.Read(ref _lagging);

    /// <summary>Somebody has come, who is behind at first.</summary>
    /// <param name="isFirst">Whether nobody else is told of the log.</param>
    public void Enter(bool isFirst)
    {
        Interlocked.Increment(ref _members);
        Interlocked.Increment(ref _lagging);
        Interlocked.Add(ref _logs, isFirst ? 1 : 0);
    }

    /// <summary>Somebody has left.</summary>
    /// <param name="isLast">Whether nobody is told of the log any more.</param>
    /// <param name="wasBehind">Whether he was behind.</param>
    public void Leave(bool isLast, bool wasBehind)
    {
        Interlocked.Decrement(ref _members);
        Interlocked.Add(ref _lagging, wasBehind ? -1 : 0);
        Interlocked.Add(ref _logs, isLast ? -1 : 0);
    }

    public void FallBehind() => Interlocked.Increment(ref _lagging);

    public void CatchUp() => Interlocked.Decrement(ref _lagging);
}
