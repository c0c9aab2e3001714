namespace RealtimeSessions.Protocol.Requests;

/// <summary>Asks how the server does.</summary>
public sealed record ServerReportRequest
{
    /// <summary>Only samples that were taken later. Default: all that are kept.</summary>
    public DateTimeOffset? After { get; init; }
}
