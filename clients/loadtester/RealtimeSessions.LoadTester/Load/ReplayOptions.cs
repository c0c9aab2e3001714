namespace RealtimeSessions.LoadTester.Load;

/// <summary>How traces are replayed.</summary>
internal sealed record ReplayOptions
{
    /// <summary>The trace files.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>How many copies of each, each in its own session.</summary>
    public required int Copies { get; init; }

    /// <summary>Connections of each copy; more than the trace has only read. Null: as many as the trace has.</summary>
    public int? Connections { get; init; }

    /// <summary>How much faster than recorded; null: as fast as answers come.</summary>
    public double? Speed { get; init; }

    /// <summary>Calls of one connection without an answer, at most.</summary>
    public required int InFlight { get; init; }

    /// <summary>Connections that begin in a second.</summary>
    public required double ConnectRate { get; init; }

    /// <summary>How long to wait, after the last thing heard, for what is on its way.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>What the ids of the sessions begin with; null: one of this run.</summary>
    public string? SessionPrefix { get; init; }

    /// <summary>The tester's own users.</summary>
    public required IReadOnlyList<string> Users { get; init; }

    /// <summary>Calls that the server takes of a connection in a second; 0: any number.</summary>
    public double CallsPerSecond { get; init; }

    /// <summary>And at once.</summary>
    public int CallBurst { get; init; }
}
