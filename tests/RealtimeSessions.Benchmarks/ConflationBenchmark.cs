using System.Text;
using System.Text.Json;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Subjects;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks;

/// <summary>A member that asked for conflation misses 100,000 patches over 1,000 names: what it gets instead, and whether its data are right after it.</summary>
internal static class ConflationBenchmark
{
    private const int Names = 1_000;
    private const int InFlight = 8;
    private const double Target = 0.01;
    private const int SmallBuffer = 64 * 1024;
    private const string SessionId = "conflation";

    // What is under way to a member when it stops reading comes one by one: it is not missed.
    private const int UnderWay = 5_000;

    /// <param name="subject">The server.</param>
    /// <param name="patches">How many are missed.</param>
    public static async Task RunAsync(Subject subject, int patches)
    {
        await using var crowd = await Crowd.JoinAsync(subject, new CrowdPlan([SessionId], 1) { Names = Names });
        await using var reading = await HubClient.ConnectAsync(subject.Address, subject.Token);
        await using var missing = await HubClient.ConnectAsync(subject.Address, subject.Token, SmallBuffer);
        var everything = await StartAsync(reading, conflate: false);
        var little = await StartAsync(missing, conflate: true);
        missing.PauseReading();
        var head = everything.Sequence + patches + UnderWay;
        var following = FollowAsync(reading, everything, head);
        await crowd.DoAsync(new CountOrder(patches + UnderWay, InFlight));
        await following;
        missing.ResumeReading();
        await FollowAsync(missing, little, head);

        var answer = await reading.CallAsync("GetSessionData", new { applicationId = "demo", sessionId = SessionId });
        var data = Tree(answer.GetProperty("data"));
        if (!everything.Data.Equals(data) || !little.Data.Equals(data))
        {
            throw new LoadException("The data that a member has folded are not the session's.");
        }

        var missed = everything.Weights.Where(weight => weight.Sequence > little.MissedAfter).ToArray();
        if (missed.Length < patches)
        {
            throw new LoadException($"A member that did not read has missed only {missed.Length} events.");
        }

        var (bytes, weight) = (little.Weights.Where(weight => weight.Sequence > little.MissedAfter).Sum(weight => weight.Bytes), missed.Sum(weight => weight.Bytes));
        var share = (double)bytes / weight;
        Console.WriteLine($"with conflate, a member that misses {missed.Length:N0} patches over {Names:N0} names gets {bytes:N0} bytes");
        Console.WriteLine($"  instead of {weight:N0}: {share:P2} ≤ {Target:P0} {(share <= Target ? "met" : "NOT MET")}, to the same data");
    }

    private static async Task<Replica> StartAsync(HubClient client, bool conflate)
    {
        await client.CallAsync("JoinSession", new { applicationId = "demo", sessionId = SessionId, conflate });
        var replica = new Replica();
        replica.Take(await client.Callbacks.ReadAsync());
        return replica;
    }

    private static async Task FollowAsync(HubClient client, Replica replica, long head)
    {
        while (replica.Sequence < head)
        {
            replica.Take(await client.Callbacks.ReadAsync());
        }
    }

    private static JsonTree Tree(JsonElement element) => JsonTree.Parse(Encoding.UTF8.GetBytes(element.GetRawText()));

    /// <summary>What a member has.</summary>
    private sealed class Replica
    {
        public long Sequence { get; private set; }

        public JsonTree Data { get; private set; } = JsonTree.Empty;

        /// <summary>The bytes of each callback, and the sequence to which it leads.</summary>
        public List<(long Sequence, int Bytes)> Weights { get; } = [];

        /// <summary>The sequence before the first event that did not come by itself.</summary>
        public long MissedAfter { get; private set; } = long.MaxValue;

        public void Take(HubCallback callback)
        {
            var (argument, before) = (callback.Argument, Sequence);
            var isAlone = Fold(callback.Name, argument);
            MissedAfter = isAlone ? MissedAfter : Math.Min(MissedAfter, before);
            Weights.Add((Sequence, Encoding.UTF8.GetByteCount(argument.GetRawText())));
        }

        /// <summary>Applies a callback.</summary>
        /// <returns>Whether it was a single event, or the state with which a member begins.</returns>
        private bool Fold(string callback, JsonElement argument)
        {
            if (callback == "SessionReset")
            {
                var isBeginning = Sequence == 0;
                Sequence = argument.GetProperty("position").GetProperty("sequence").GetInt64();
                Data = Tree(argument.GetProperty("data"));
                return isBeginning;
            }

            var sequence = argument.GetProperty("sequence").GetInt64();
            var first = argument.TryGetProperty("fromSequence", out var from) ? from.GetInt64() : sequence;
            if (callback != "SessionDataUpdated" || first != Sequence + 1)
            {
                throw new LoadException($"After {Sequence} came {callback} from {first} to {sequence}.");
            }

            Sequence = sequence;
            Data = argument.TryGetProperty("clear", out var clear) ? MergePatch.Apply(Data, Tree(clear)) : Data;
            Data = MergePatch.Apply(Data, Tree(argument.GetProperty("data")));
            return first == sequence;
        }
    }
}
