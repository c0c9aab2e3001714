namespace RealtimeSessions.LoadTester.Load;

/// <summary>How a steady load is made.</summary>
internal sealed record SoakOptions
{
    /// <summary>Connections, spread evenly over the sessions.</summary>
    public required int Connections { get; init; }

    /// <summary>Sessions.</summary>
    public required int Sessions { get; init; }

    /// <summary>How long the load lasts once all are connected.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Patches a second, of all connections together.</summary>
    public required double Rate { get; init; }

    /// <summary>The size of a patch in bytes, about.</summary>
    public required int PatchBytes { get; init; }

    /// <summary>Connections that begin in a second.</summary>
    public required double ConnectRate { get; init; }

    /// <summary>Connections that are cut in a minute, and come back.</summary>
    public required double ReconnectRate { get; init; }

    /// <summary>How long to wait, after the last thing heard, for what is on its way.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>What the ids of the sessions begin with; null: one of this run.</summary>
    public string? SessionPrefix { get; init; }
}
