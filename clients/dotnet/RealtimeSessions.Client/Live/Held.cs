namespace RealtimeSessions.Client.Live;

/// <summary>A session or conversation that a client is in, or what it watches, for everybody in the program who has joined it.</summary>
/// <param name="client">The client.</param>
/// <param name="replica">What is kept of it.</param>
internal sealed class Held<TReplica>(RealtimeClient client, TReplica replica)
    where TReplica : ILiveReplica
{
    public RealtimeClient Client => client;

    public TReplica Replica => replica;

    /// <summary>How many have joined it and not left. Belongs to the lock of the client's table.</summary>
    public int Holders { get; set; }

    /// <summary>How many that have left wait for the answers to own changes. Belongs to that lock, too.</summary>
    public int Waiting { get; set; }

    /// <summary>Completes when the server knows that it was left, too.</summary>
    public Task Gone { get; set; } = Task.CompletedTask;
}
