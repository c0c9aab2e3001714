using System.Text.Json;
using System.Threading.Channels;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Deployments;

/// <summary>
/// Reads what a client is told. The position that a watcher is told where nothing was for him, every 10 seconds, is passed over unless it is waited for.
/// </summary>
internal static class Callbacks
{
    /// <summary>Long enough for a busy machine; reached only when a test fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>An event's own sequence, or that of an answer's position.</summary>
    public static long Sequence(this JsonElement answer) =>
        (answer.TryGetProperty("position", out var position) ? position : answer).GetProperty("sequence").GetInt64();

    public static string Epoch(this JsonElement answer) => answer.GetProperty("position").GetProperty("epoch").GetString()!;

    /// <summary>The next callback, which must be of a name.</summary>
    public static async Task<JsonElement> NextAsync(this HubClient client, string name)
    {
        var next = (await client.TakeAsync(1, including: name))[0];
        Assert.Equal(name, next.Name);
        return next.Argument;
    }

    /// <summary>The next callbacks, as many as these.</summary>
    /// <param name="client">The client.</param>
    /// <param name="count">How many.</param>
    /// <param name="including">The name of a callback that is not passed over.</param>
    public static async Task<List<HubCallback>> TakeAsync(this HubClient client, int count, string? including = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var taken = new List<HubCallback>();
        while (taken.Count < count)
        {
            try
            {
                if (await client.Callbacks.ReadAsync(patience.Token) is var next && (next.Name == including || !next.IsPosition()))
                {
                    taken.Add(next);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
            {
                var end = exception is ChannelClosedException ? "then the connection ended" : "then nothing more";
                Assert.Fail($"Waited for {count} callbacks; {taken.Count} came, {end}. The last one: {taken.LastOrDefault()}");
            }
        }

        return taken;
    }

    /// <summary>Whether it tells a watcher only where the feed is.</summary>
    public static bool IsPosition(this HubCallback callback) => callback.Name is "FeedPosition" or "SpaceFeedPosition";

    /// <summary>The next callbacks, up to the event of a sequence.</summary>
    public static async Task<List<HubCallback>> TakeThroughAsync(this HubClient client, long sequence)
    {
        var taken = new List<HubCallback>();
        do
        {
            taken.AddRange(await client.TakeAsync(1));
        }
        while (taken[^1].Argument.Sequence() < sequence);
        return taken;
    }

    public static IEnumerable<long> Sequences(this IEnumerable<HubCallback> callbacks) => callbacks.Select(callback => callback.Argument.Sequence());

    /// <summary>Consecutive sequences.</summary>
    public static IEnumerable<long> Range(long first, long last)
    {
        for (var sequence = first; sequence <= last; sequence++)
        {
            yield return sequence;
        }
    }
}
