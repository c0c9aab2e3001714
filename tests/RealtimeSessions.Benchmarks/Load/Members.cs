using System.Diagnostics;
using RealtimeSessions.Benchmarks.Load.Dialects;
using RealtimeSessions.Benchmarks.Load.Orders;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>All members that the load generator plays, and what they do together. After each order everything has arrived, or it fails.</summary>
internal sealed class Members
{
    private const int ParallelJoins = 32;

    // A buffer that is much smaller makes TCP itself wait, for windows that are worth sending into.
    private const int SmallBuffer = 128 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CountPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(2);

    private readonly Verdict _verdict = new();
    private Member[] _members = [];
    private ConnectOrder? _connect;

    /// <summary>Throws what was found wrong so far.</summary>
    public void Check() => _verdict.Check();

    public async Task<Answer> ConnectAsync(ConnectOrder order)
    {
        _connect = order;
        var dialect = Dialect.Of(order.Dialect, new PatchShape(order.Names));
        _members = [.. from session in order.Sessions
                       from seat in Enumerable.Range(0, order.MembersPerSession)
                       select new Member(dialect, session, seat, _verdict)];
        await Parallel.ForEachAsync(
            _members, new ParallelOptions { MaxDegreeOfParallelism = ParallelJoins }, async (member, _) => await JoinAsync(member));
        return new Answer();
    }

    public Task<Answer> WriteAsync(WriteOrder order)
    {
        Member[] writers = [.. _members.Where(member => member.Seat < order.WritersPerSession)];
        return MeasureAsync(
            () => new ClosedLoop(writers, order.InTurn, _verdict).RunAsync(order.InFlight, order.Time),
            order.WithLatencies ? new Latencies() : null);
    }

    public Task<Answer> WriteAtRateAsync(RateOrder order)
    {
        _members[0].Answered = null;
        return MeasureAsync(() => OpenLoop.RunAsync(_members[0], order.PatchesPerSecond, order.Time), new Latencies());
    }

    public Task<Answer> WriteCountAsync(CountOrder order) => MeasureAsync(
        () => new ClosedLoop([_members[0]], inTurn: true, _verdict).RunAsync(order.InFlight, CountPatience, order.Patches), null);

    public Task<Answer> PauseAsync(PauseOrder order)
    {
        foreach (var member in _members[^order.Members..])
        {
            member.Pause();
        }

        return Task.FromResult(new Answer());
    }

    public async Task<Answer> CatchUpAsync(CatchUpOrder order)
    {
        Member[] silent = [.. _members.Where(member => member.Presence == Presence.Silent).Take(order.Members)];
        string?[] reasons = [];
        var answer = await MeasureAsync(
            async () =>
            {
                reasons = await Task.WhenAll(silent.Select(CatchUpAsync));
                return 0;
            },
            latencies: null);
        return answer with { PutOut = reasons.Count(reason => reason is not null), Reason = reasons.FirstOrDefault(reason => reason is not null) };
    }

    public Task<Answer> CutAsync(CutOrder order)
    {
        foreach (var member in _members[^order.Members..])
        {
            member.Cut();
        }

        return Task.FromResult(new Answer());
    }

    public Task<Answer> ReturnAsync() => MeasureAsync(
        async () =>
        {
            await Task.WhenAll(_members.Where(member => member.Presence == Presence.Away).Select(JoinAsync));
            return 0;
        },
        latencies: null);

    /// <summary>Says for everyone that the connection lives.</summary>
    public void Ping()
    {
        foreach (var member in _members)
        {
            member.Ping();
        }
    }

    private Task JoinAsync(Member member) => member.JoinAsync(
        _connect!, Array.IndexOf(_members, member) >= _members.Length - _connect!.SmallBuffers ? SmallBuffer : null);

    /// <summary>Reads on to the end: of what there is, or of the membership, after which the member comes back.</summary>
    /// <returns>Why the hub had put it out, if it had.</returns>
    private async Task<string?> CatchUpAsync(Member member)
    {
        member.Resume();
        var due = member.Due(Made(member.Session));
        for (var waiting = Stopwatch.StartNew(); member.Events < due && member.LeftBecause is null; await Task.Delay(CheckInterval))
        {
            FailAfter(waiting, member, due);
        }

        var reason = member.Events < due ? member.LeftBecause : null;
        if (reason is not null)
        {
            member.Cut();
            await JoinAsync(member);
        }

        member.Presence = Presence.Here;
        return reason;
    }

    private async Task<Answer> MeasureAsync(Func<Task<long>> load, Latencies? latencies)
    {
        foreach (var member in _members)
        {
            member.Latencies = member.Presence == Presence.Here ? latencies : null;
        }

        var before = Count();
        var start = Stopwatch.GetTimestamp();
        var patches = await load();
        await DrainAsync();
        var after = Count();
        return new Answer
        {
            Patches = patches,
            Deliveries = after.Events - before.Events,
            Reads = after.Reads - before.Reads,
            Bytes = after.Bytes - before.Bytes,
            Time = Stopwatch.GetElapsedTime(start, _members.Max(member => member.LastAt)),
            Latency = latencies?.Read(),
        };
    }

    /// <summary>Waits until every member that reads has every event of its session.</summary>
    private async Task DrainAsync()
    {
        var waiting = Stopwatch.StartNew();
        foreach (var session in _members.Chunk(_connect!.MembersPerSession))
        {
            var made = session.Sum(member => member.Patches);
            foreach (var member in session.Where(member => member.Presence == Presence.Here))
            {
                for (; member.Events != member.Due(made) || !member.IsAnswered; await Task.Delay(CheckInterval))
                {
                    FailAfter(waiting, member, member.Due(made));
                }

                if (!member.Places.AreComplete)
                {
                    member.Fail("got answers whose sequences do not fill its session");
                }
            }
        }
    }

    private void FailAfter(Stopwatch waiting, Member member, long due)
    {
        _verdict.Check();
        if (waiting.Elapsed > Patience)
        {
            throw new LoadException($"Member {member.Seat} of {member.Session} has {member.Events} of {due} events, {(member.IsAnswered ? "all" : "not all")} of its patches answered.");
        }
    }

    private long Made(string session) => _members.Where(member => member.Session == session).Sum(member => member.Patches);

    private (long Events, long Bytes, long Reads) Count() => (
        _members.Sum(member => member.Events), _members.Sum(member => member.Received.Bytes), _members.Sum(member => member.Received.Reads));
}
