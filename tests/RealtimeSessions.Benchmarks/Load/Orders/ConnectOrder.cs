namespace RealtimeSessions.Benchmarks.Load.Orders;

/// <summary>Opens connections and joins sessions. Members are numbered through: the first session's, the second's, …</summary>
internal sealed record ConnectOrder : Order
{
    /// <summary>How the hub is spoken to.</summary>
    public required string Dialect { get; init; }

    /// <summary>Its address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The access token, if it wants one.</summary>
    public string? Token { get; init; }

    /// <summary>The ids of the sessions.</summary>
    public required IReadOnlyList<string> Sessions { get; init; }

    /// <summary>How many join each of them.</summary>
    public required int MembersPerSession { get; init; }

    /// <summary>How many names the patches go round.</summary>
    public required int Names { get; init; }

    /// <summary>How much a connection reads at once.</summary>
    public required int BufferBytes { get; init; }

    /// <summary>How many of the last members have a receive buffer that does not grow, so that the server soon feels it when they do not read.</summary>
    public int SmallBuffers { get; init; }
}
