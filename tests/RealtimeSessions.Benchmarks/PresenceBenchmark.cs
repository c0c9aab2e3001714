using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// 1,000 people join a session within a second, each with a state; then one more comes, and goes. What each member is told, and how long it takes until
/// everybody's list is that of everybody else.
/// </summary>
internal static class PresenceBenchmark
{
    private const int People = 1_000;
    private const int ParallelConnects = 16;

    /// <summary>What one join may cost a member, in bytes of JSON.</summary>
    private const int SmallBytes = 200;

    /// <summary>How many messages a storm may cost a member, as a share of the joins.</summary>
    private const double StormShare = 0.05;

    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Pace pace)
    {
        var count = pace == Pace.Quick ? People / 10 : People;
        Console.WriteLine($"presence: {count:N0} people join a session within {Storm.TotalSeconds:N0} s, then one comes and goes");
        var table = new Table(
            "", "messages each", "at most", "bytes each", "all know all after", "server CPU", "one joins: messages", "bytes", "one leaves: messages", "bytes");
        foreach (var onRedis in new[] { false, true })
        {
            await using var subject = await SessionsSubject.StartAsync(onRedis);
            await MeasureAsync(subject, count, table);
            subject.AssertNoErrors();
        }

        table.Print();
        Console.WriteLine($"  messages each in the storm: at most {StormShare:P0} of the joins; of one join: 1, of at most {SmallBytes} bytes; else this fails");
    }

    private static async Task MeasureAsync(SessionsSubject subject, int count, Table table)
    {
        string[] users = [.. Enumerable.Range(0, count + 1).Select(i => $"person-{i}")];
        await using (var alice = await HubClient.ConnectAsync(subject.Address, subject.Token))
        {
            await alice.CallAsync("CreateSession", new
            {
                applicationId = "demo",
                sessionId = "crowd",
                name = "Crowd",
                participants = new[] { new { type = "group", id = "everyone", role = "Contributor" } },
            });
        }

        var attendees = new Attendee[count + 1];
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, count + 1), new ParallelOptions { MaxDegreeOfParallelism = ParallelConnects },
                async (i, _) => attendees[i] = await Attendee.ConnectAsync(subject, users[i], i));
            await MeasureAsync(subject, attendees[..count], attendees[count], table);
        }
        finally
        {
            await Task.WhenAll(attendees.OfType<Attendee>().Select(attendee => attendee.DisposeAsync().AsTask()));
        }
    }

    private static async Task MeasureAsync(Subject subject, Attendee[] crowd, Attendee late, Table table)
    {
        var cpu = new ProcessTime(subject.ServerId);
        await Task.WhenAll(crowd.Select(async (attendee, i) =>
        {
            await Task.Delay(Storm * i / crowd.Length);
            await attendee.JoinAsync();
        }));
        var joined = Stopwatch.StartNew();
        await KnowEachOtherAsync(crowd);
        var (after, used) = (joined.Elapsed, cpu.Used()[0]);
        var storm = crowd.Select(attendee => attendee.TakeTold()).ToArray();
        Require(storm.Max(told => told.Messages) <= Math.Max(crowd.Length * StormShare, 2), $"A storm cost a member {storm.Max(told => told.Messages)} messages.");

        await late.JoinAsync();
        await KnowEachOtherAsync([.. crowd, late]);
        var join = crowd.Select(attendee => attendee.TakeTold()).ToArray();
        Require(join.All(told => told is { Messages: 1, Bytes: <= SmallBytes }), "A join cost a member more than one small message.");

        await late.LeaveAsync();
        await KnowEachOtherAsync(crowd);
        var leave = crowd.Select(attendee => attendee.TakeTold()).ToArray();
        table.Add(
            subject.Name, Median(storm, told => told.Messages), Text(storm.Max(told => told.Messages)), Median(storm, told => told.Bytes),
            $"{after.TotalMilliseconds:N0} ms", $"{used.TotalSeconds:N2} s", Median(join, told => told.Messages), Median(join, told => told.Bytes),
            Median(leave, told => told.Messages), Median(leave, told => told.Bytes));
    }

    /// <summary>Waits until everybody's list is right, and nobody else's.</summary>
    private static async Task KnowEachOtherAsync(Attendee[] all)
    {
        var expected = all.Aggregate(JsonTree.Empty, (people, attendee) => people.With(attendee.User, attendee.Shown));
        for (var waiting = Stopwatch.StartNew(); !all.All(attendee => attendee.People.Equals(expected)); await Task.Delay(5))
        {
            Require(waiting.Elapsed < Patience, $"After {Patience.TotalSeconds:N0} s not everybody's list is right.");
        }
    }

    private static void Require(bool holds, string failure)
    {
        if (!holds)
        {
            throw new LoadException(failure);
        }
    }

    private static string Median(IEnumerable<Told> told, Func<Told, int> figure) => Text(Figures.Median(told.Select(one => (double)figure(one))));

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>What a member was told of others.</summary>
    private readonly record struct Told(int Messages, int Bytes);

    /// <summary>Somebody who comes into the session and keeps who is there.</summary>
    private sealed class Attendee : IAsyncDisposable
    {
        private readonly HubClient _hub;
        private readonly int _number;
        private readonly Lock _lock = new();
        private Task _following = Task.CompletedTask;
        private JsonTree _people = JsonTree.Empty;
        private Told _told;

        private Attendee(HubClient hub, string user, int number) => (_hub, User, _number) = (hub, user, number);

        public string User { get; }

        /// <summary>Its connection and its state, as others see it.</summary>
        public JsonTree Shown { get; private set; } = JsonTree.Empty;

        /// <summary>Who is there.</summary>
        public JsonTree People
        {
            get
            {
                lock (_lock)
                {
                    return _people;
                }
            }
        }

        public static async Task<Attendee> ConnectAsync(SessionsSubject subject, string user, int number)
        {
            var attendee = new Attendee(await HubClient.ConnectAsync(subject.Address, await subject.SignInAsync(user)), user, number);
            attendee._following = attendee.FollowAsync();
            return attendee;
        }

        public async Task JoinAsync()
        {
            var answer = await _hub.CallAsync("JoinSession", new { applicationId = "demo", sessionId = "crowd", presence = new { seat = _number } });
            var connectionId = answer.GetProperty("connectionId").GetString()!;
            Shown = JsonTree.Empty.With(connectionId, JsonTree.Parse(Encoding.UTF8.GetBytes($$"""{"seat":{{_number}} }""")));
        }

        public Task LeaveAsync() => _hub.CallAsync("LeaveSession", new { applicationId = "demo", sessionId = "crowd" });

        /// <summary>What it was told since this was asked last.</summary>
        public Told TakeTold()
        {
            lock (_lock)
            {
                var told = _told;
                _told = default;
                return told;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _hub.DisposeAsync();
            await _following;
        }

        private async Task FollowAsync()
        {
            await foreach (var callback in _hub.Callbacks.ReadAllAsync())
            {
                if (callback.Name is "SessionPresence" or "SessionPresenceUpdated")
                {
                    Take(callback.Name, callback.Argument);
                }
            }
        }

        private void Take(string callback, JsonElement argument)
        {
            var people = JsonTree.Parse(Encoding.UTF8.GetBytes(argument.GetProperty("people").GetRawText()));
            lock (_lock)
            {
                _people = callback == "SessionPresence" ? people : MergePatch.Apply(_people, people);
                _told = new Told(_told.Messages + 1, _told.Bytes + Encoding.UTF8.GetByteCount(argument.GetRawText()));
            }
        }
    }
}
