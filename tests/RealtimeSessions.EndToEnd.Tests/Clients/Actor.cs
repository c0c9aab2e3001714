using System.Text.Json.Nodes;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>What a client holds of a session, and what it has been told.</summary>
/// <param name="Data">The data as the application sees them.</param>
/// <param name="Confirmed">The confirmed data.</param>
/// <param name="Status">The status.</param>
/// <param name="Sequence">The sequence it has applied.</param>
/// <param name="Pending">Own changes without an answer.</param>
/// <param name="Events">How many events it was told.</param>
/// <param name="Resets">How often the state was replaced.</param>
/// <param name="Disorder">The first event that did not follow the one before; null: none.</param>
/// <param name="Failures">Own changes that failed.</param>
/// <param name="TextLength">How many code points the text has that the events come to.</param>
/// <param name="TextHash">Its SHA-256.</param>
internal sealed record ActorView(
    JsonNode Data, JsonNode Confirmed, string Status, long Sequence, int Pending, int Events, int Resets, string? Disorder, IReadOnlyList<string> Failures,
    int TextLength, string TextHash)
{
    /// <summary>Whether nothing is on its way, up to a sequence.</summary>
    public bool IsQuietAt(long head) => Status == "synchronized" && Pending == 0 && Sequence == head;
}

/// <summary>A client library in one session, as a test drives it.</summary>
internal abstract class Actor(string name) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>Connects.</summary>
    public abstract Task OpenAsync(Uri url, string token, RealtimeProtocol protocol);

    /// <summary>Joins a session, and listens from then on.</summary>
    public abstract Task JoinAsync(SessionRef session);

    /// <summary>Makes the change of a trace, and waits for its answer.</summary>
    /// <returns>Its sequence.</returns>
    public abstract Task<long> CallAsync(string method, JsonObject argument);

    /// <summary>Makes a patch.</summary>
    /// <returns>The data right after.</returns>
    public abstract Task<JsonNode> PatchAsync(JsonObject patch);

    /// <summary>Takes the latest patch back.</summary>
    public abstract Task UndoAsync();

    public abstract Task<ActorView> ViewAsync();

    public abstract Task LeaveAsync();

    public abstract ValueTask DisposeAsync();

    public override string ToString() => name;
}
