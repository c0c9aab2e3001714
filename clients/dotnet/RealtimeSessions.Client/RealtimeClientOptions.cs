using System.Net.WebSockets;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client;

/// <summary>How a <see cref="RealtimeClient"/> connects, and how much it holds.</summary>
public sealed class RealtimeClientOptions
{
    /// <summary>The server's base address, such as <c>https://collaboration.example</c> or <c>http://localhost:5080</c>; the hub is at <c>/hub</c> below it.</summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// Gives the token for a connection; called for each attempt, so that a token that has expired is replaced. What it throws counts as a failed attempt.
    /// </summary>
    public Func<CancellationToken, Task<string>>? AccessToken { get; set; }

    /// <summary>How messages are encoded. Default: JSON.</summary>
    public RealtimeProtocol Protocol { get; set; }

    /// <summary>
    /// How long the first connection is tried before it fails with <see cref="ClientErrors.ConnectionFailed"/>, and how long a single attempt may take. Default 15 s. A
    /// connection that was lost is tried for ever.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause between two attempts to connect. Pauses are random up to a bound: 0.1 s, 0.25 s, and from there doubled up to this. Default 10 s.</summary>
    public TimeSpan MaximumReconnectDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long leaving a session or conversation waits for the answers to own changes, and then as long for the server to know. Default 5 s.</summary>
    public TimeSpan LeaveTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many own changes of a session, or own comments of a conversation, may wait for their place; one more fails with <see cref="ClientErrors.QueueFull"/>. Default 10,000.</summary>
    public int MaximumPendingChanges { get; set; } = 10_000;

    /// <summary>What they may weigh together, as JSON in bytes. Default 16 MiB.</summary>
    public int MaximumPendingBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>What a message to the hub may weigh, in bytes: the server's <c>Limits:MaximumMessageBytes</c>, or less. Default 256 KiB.</summary>
    public int MaximumMessageBytes { get; set; } = 256 * 1024;

    /// <summary>How deep a patch or an event's data may nest: the server's <c>Limits:MaximumDepth</c>, or less. Default 32.</summary>
    public int MaximumDepth { get; set; } = JsonTree.DefaultMaximumDepth;

    /// <summary>How many own patches of a session can be undone. Default 100.</summary>
    public int MaximumUndoSteps { get; set; } = 100;

    /// <summary>Changes the WebSocket's options before it connects: proxy, certificates, headers. Default: nothing.</summary>
    public Action<ClientWebSocketOptions>? ConfigureWebSocket { get; set; }

    /// <summary>Throws if something is missing or out of range.</summary>
    /// <exception cref="ArgumentException">All of what is wrong.</exception>
    internal void Validate()
    {
        string?[] wrong =
        [
            Url is { IsAbsoluteUri: true, Scheme: "http" or "https" or "ws" or "wss" } ? null : $"{nameof(Url)} must be an absolute address of http or https",
            AccessToken is null ? $"{nameof(AccessToken)} is missing" : null,
            Enum.IsDefined(Protocol) ? null : $"{nameof(Protocol)} is unknown",
            ConnectTimeout <= TimeSpan.Zero ? $"{nameof(ConnectTimeout)} must be positive" : null,
            MaximumReconnectDelay <= TimeSpan.Zero ? $"{nameof(MaximumReconnectDelay)} must be positive" : null,
            LeaveTimeout < TimeSpan.Zero ? $"{nameof(LeaveTimeout)} must not be negative" : null,
            MaximumPendingChanges < 1 ? $"{nameof(MaximumPendingChanges)} must be positive" : null,
            MaximumPendingBytes < 1 ? $"{nameof(MaximumPendingBytes)} must be positive" : null,
            MaximumMessageBytes < 2048 ? $"{nameof(MaximumMessageBytes)} must be at least 2048" : null,
            MaximumDepth is < 1 or > JsonTreeConverter.MaximumDepth ? $"{nameof(MaximumDepth)} must be 1 to {JsonTreeConverter.MaximumDepth}" : null,
            MaximumUndoSteps < 0 ? $"{nameof(MaximumUndoSteps)} must not be negative" : null,
        ];
        if (wrong.Any(one => one is not null))
        {
            throw new ArgumentException($"The options of the client: {string.Join("; ", wrong.Where(one => one is not null))}.");
        }
    }
}

/// <summary>How messages are encoded.</summary>
public enum RealtimeProtocol
{
    /// <summary>The hub protocol <c>json</c>.</summary>
    Json,

    /// <summary>The hub protocol <c>messagepack</c>: fewer bytes.</summary>
    MessagePack,
}

/// <summary>How a session is joined.</summary>
public sealed class JoinSessionOptions
{
    /// <summary>
    /// True: while this client reads too slowly, runs of patches may come as one event, and the state in the place of many. Default false: every event comes.
    /// </summary>
    public bool Conflate { get; set; }

    /// <summary>The state with which this client is shown to others who joined with presence, an object of at most 1 KiB. Default null: it is neither shown nor told.</summary>
    public JsonTree? Presence { get; set; }
}
