using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.LoadTester.Connections;

/// <summary>A user's connection with one session, which it reads and can change. Calls keep the order in which they are made. Thread-safe.</summary>
internal interface IVirtualClient : IAsyncDisposable
{
    /// <summary>What it was told.</summary>
    ReaderCheck Check { get; }

    /// <summary>What its own replica holds; null where it has none, but is compared event by event.</summary>
    JsonTree? Replica { get; }

    /// <summary>Connects and joins the session. From then on it comes back by itself when the connection is lost.</summary>
    /// <exception cref="LoadException">It cannot, and it would be no use to try again.</exception>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Makes a call. Sent again, exactly once, if the connection is lost before the answer.</summary>
    /// <param name="call">The call; whose connection and time do not matter here.</param>
    /// <param name="dueAt">When it was due, in the clock's ticks: its latency counts from then.</param>
    /// <returns>Null when it was made, else why it was refused.</returns>
    Task<Error?> CallAsync(TraceCall call, long dueAt);
}

/// <summary>Which user takes part in which session.</summary>
/// <param name="Application">The application's id.</param>
/// <param name="Session">The session's id.</param>
/// <param name="User">The user's name.</param>
/// <param name="Number">The connection's number in the run, from 0.</param>
internal sealed record Seat(string Application, string Session, string User, int Number)
{
    /// <summary>The connection in the words of the report.</summary>
    public override string ToString() => $"Connection {Number} ({User}, {Session})";
}
