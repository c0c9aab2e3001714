using RealtimeSessions.Client.Replicas;

namespace RealtimeSessions.Client.Sessions;

/// <summary>A session that a client is in, for everybody in the program who has joined it.</summary>
/// <param name="client">The client.</param>
/// <param name="key">The session.</param>
/// <param name="replica">What is kept of it.</param>
/// <param name="notices">Who is told.</param>
/// <param name="time">The clock.</param>
internal sealed class HeldSession(RealtimeClient client, SessionKey key, LiveReplica replica, SessionNotices notices, TimeProvider time)
{
    public RealtimeClient Client => client;

    public SessionKey Key => key;

    public LiveReplica Replica => replica;

    public SessionNotices Notices => notices;

    public TimeProvider Time => time;

    /// <summary>How many have joined it and not left. Belongs to the lock of the client's sessions.</summary>
    public int Holders { get; set; }
}
