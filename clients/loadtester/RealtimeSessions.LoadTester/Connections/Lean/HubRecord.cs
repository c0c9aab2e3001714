namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>What a SignalR record says, as far as it matters here. For the time of a call.</summary>
internal readonly ref struct HubRecord
{
    /// <summary>What it is.</summary>
    public required HubRecordKind Kind { get; init; }

    /// <summary>Of an invocation the callback's name.</summary>
    public ReadOnlySpan<byte> Target { get; init; }

    /// <summary>Of a completion the number of the call.</summary>
    public long Id { get; init; }

    /// <summary>Of a refused call, or of a close message, why; else null.</summary>
    public string? Error { get; init; }

    /// <summary>The argument, or the result, as JSON.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }
}

/// <summary>What a record is.</summary>
internal enum HubRecordKind
{
    /// <summary>A ping, or what this program has no use for.</summary>
    Other,
    Invocation,
    Completion,
    Close,
}
