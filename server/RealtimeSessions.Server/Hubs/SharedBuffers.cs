namespace RealtimeSessions.Server.Hubs;

/// <summary>The process's pool of buffers, of which SignalR and the WebSockets hold one or two for every connection that is being written to.</summary>
internal static class SharedBuffers
{
    /// <summary>How many buffers of one size the pool keeps for each processor. By default it keeps 32, and what is beyond becomes garbage at every pass.</summary>
    private const string Kept = "1024";

    /// <summary>Makes the pool keep enough of them. To be called before anything else, since the pool asks for its size but once.</summary>
    public static void KeepMany()
    {
        // Read by the runtime itself, which offers no other way.
        const string Variable = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION";
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, Kept);
        }
    }
}
