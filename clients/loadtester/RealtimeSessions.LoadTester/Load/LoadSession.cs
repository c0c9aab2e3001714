using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Connections;

namespace RealtimeSessions.LoadTester.Load;

/// <summary>A session of a run, with its connections and what is checked of it.</summary>
/// <param name="id">Its id.</param>
/// <param name="ledger">What its readers are told.</param>
internal sealed class LoadSession(string id, SessionLedger ledger)
{
    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>What its readers are told.</summary>
    public SessionLedger Ledger => ledger;

    /// <summary>Its connections; those of a trace come first.</summary>
    public List<IVirtualClient> Clients { get; } = [];

    /// <summary>The sequence at which the server's log ends, once that was asked.</summary>
    public long? Head { get; set; }

    /// <summary>Whether every connection that came into the session has everything up to there.</summary>
    public bool IsComplete => Head is { } head && Clients.TrueForAll(client => ledger.LastOf(client.Check) is var last && (last < 0 || last >= head));
}
