using System.Diagnostics;
using System.Globalization;
using System.Text;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// What it costs to make an event a frame, as each server does once for each hub protocol: of the event as the log holds it, and of the event
/// itself, with its stored form made first. The two protocols in turn, on one thread.
/// </summary>
internal static class EncodeBenchmark
{
    /// <summary>How often between two looks at the clock.</summary>
    private const int Burst = 1_000;

    /// <summary>What is measured in a round, and how many parts a round has.</summary>
    private const int Parts = 12;

    private static readonly SessionKey Key = new("demo", "welcome");
    private static readonly FrameEncoder Json = new JsonFrameEncoder(), MessagePack = new MessagePackFrameEncoder();
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    private static readonly (string Name, SessionEvent Event)[] Subjects =
    [
        ("a patch of 100 bytes", Patch(new PatchShape(1).Fill().Single())),
        ("a patch of 1 KB", Patch(new PatchShape(10).Fill().Single())),
        ("a custom event", new SessionEventCreated
        {
            UserId = "alice", Timestamp = Noon, Version = 1, Name = "cursor-moved", Data = Tree("""{"x":120.5,"y":48.25,"page":3,"tool":"pen","down":true}"""),
        }),
    ];

    public static Task RunAsync(Pace pace)
    {
        Console.WriteLine(
            $"encode: an event to a frame, json and messagepack in turn; {pace.Rounds} rounds of {pace.Time.TotalSeconds / Parts:N2} s, medians");
        var table = new Table("", "json ns", "messagepack ns", "ratio", "json bytes", "messagepack bytes");
        foreach (var (name, next) in Subjects)
        {
            var stored = Stored(next);
            Measure(pace, table, name, encoder => SessionCallbacks.Event(encoder, Key, stored));
            Measure(pace, table, "… with its stored form", encoder => SessionCallbacks.Event(encoder, Key, Stored(next)));
        }

        table.Print();
        return Task.CompletedTask;
    }

    private static void Measure(Pace pace, Table table, string name, Func<FrameEncoder, byte[]> encode)
    {
        var (json, packed) = (new List<double>(), new List<double>());
        for (var round = 0; round <= pace.Rounds; round++)
        {
            json.Add(Nanoseconds(() => encode(Json), pace.TimeOf(round) / Parts));
            packed.Add(Nanoseconds(() => encode(MessagePack), pace.TimeOf(round) / Parts));
        }

        table.Add(
            name, Median(json[1..]), Median(packed[1..]), new Ratio(packed[1..], json[1..]).AtMost(1.5), $"{encode(Json).Length}", $"{encode(MessagePack).Length}");
    }

    private static double Nanoseconds(Func<byte[]> encode, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var count = 0L;
        for (; clock.Elapsed < time; count += Burst)
        {
            for (var i = 0; i < Burst; i++)
            {
                encode();
            }
        }

        return clock.Elapsed.TotalNanoseconds / count;
    }

    private static string Median(IEnumerable<double> values) => Figures.Median(values).ToString("N0", CultureInfo.InvariantCulture);

    private static LogEvent Stored(SessionEvent next) => new(1_234, new Guid("019335a0-0000-7000-8000-000000000001"), Noon, SessionEventJson.Store(next));

    private static SessionDataUpdated Patch(string data) => new()
    {
        UserId = "alice", Timestamp = Noon, Version = 1, WriterId = "q3Xw9fT2", WriterSequence = 17, Data = Tree(data),
    };

    private static JsonTree Tree(string json) => JsonTree.Parse(Encoding.UTF8.GetBytes(json));
}
