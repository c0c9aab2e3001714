using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>What all who take part in one run have in common.</summary>
/// <param name="Space">The space.</param>
/// <param name="Conversations">The conversations, in the order of the model.</param>
internal sealed record Run(long Space, IReadOnlyList<long> Conversations)
{
    public Stopwatch Clock { get; } = Stopwatch.StartNew();

    /// <summary>What must not be.</summary>
    public ConcurrentBag<string> Complaints { get; } = [];

    /// <summary>The comments that were made, by their numbers.</summary>
    public ConcurrentDictionary<long, Made> Comments { get; } = new();

    /// <summary>Takes the answer to a comment.</summary>
    public void Add(JsonElement ack, int conversation, TimeSpan sent) =>
        Comments[ack.GetProperty("commentId").GetInt64()] = new Made(conversation, ack.Sequence(), sent, Clock.Elapsed);
}
