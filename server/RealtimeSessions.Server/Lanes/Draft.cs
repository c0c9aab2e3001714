using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes;

/// <summary>A change as it was judged: what is to be appended, or why it is refused, or (neither) that there is nothing to do.</summary>
internal readonly record struct Draft
{
    /// <summary>Cannot be judged before the state holds everything that was appended.</summary>
    public static Draft Wait { get; } = new() { MustWait = true };

    public bool MustWait { get; private init; }

    /// <summary>Why the change is refused, if the log knows nothing else; null if it is not.</summary>
    public Error? Refusal { get; init; }

    /// <summary>What is to be appended; null if nothing is.</summary>
    public LogAppend? Append { get; init; }

    /// <summary>What the payloads to be appended weigh.</summary>
    public int Bytes { get; init; }

    /// <summary>Whether what is to be appended changes who may do what.</summary>
    public bool ChangesRights { get; init; }

    /// <summary>Whether the catalog and the feed must follow what is to be appended.</summary>
    public bool IsToBeFollowed { get; init; }

    /// <summary>The events are not to be appended: the log is only asked what it has to say of them.</summary>
    public bool IsNotMade { get; init; }
}
