using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>What is refused of presence and signals, apart from rights.</summary>
internal static class PresencePolicy
{
    /// <summary>The state that a connection joins with; null: it is neither shown nor told.</summary>
    /// <param name="presence">What it joins with, of a form that it may have.</param>
    public static JsonTree? FirstState(JsonTree? presence) => presence switch
    {
        null or { IsNull: true } or { IsFalse: true } => null,
        { IsTrue: true } => JsonTree.Empty,
        _ => MergePatch.Apply(JsonTree.Empty, presence),
    };

    /// <summary>Why a user is not shown, or null: his id is a key among the people.</summary>
    public static Error? Refusal(Caller caller) =>
        caller.UserId == ReservedName.Text ? Error.InvalidArgument("$.presence", $"a user of the id {ReservedName.Text} cannot be shown.") : null;

    /// <summary>Why a state is refused, or null.</summary>
    public static Error? Refusal(JsonTree? state, int limit) => state?.Weight > limit
        ? new Error(ErrorCode.DataTooLarge, "The connection's state would become too large.") { Details = new() { ["limit"] = limit } }
        : null;

    /// <summary>A signal is refused for the ones before.</summary>
    public static Error TooManySignals(TimeSpan retryAfter) => new(ErrorCode.RateLimited, "The connection has sent too many signals.")
    {
        Details = new() { ["retryAfter"] = (int)Math.Ceiling(retryAfter.TotalSeconds) },
    };

    public static Error NotJoined { get; } = new(ErrorCode.NotJoined, "The connection has not joined the session.");

    public static Error NotShown { get; } = new(ErrorCode.NotJoined, "The connection has joined the session without presence.");
}
