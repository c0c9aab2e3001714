using RealtimeSessions.EventLog.Tests.Support;
using static RealtimeSessions.EventLog.Tests.Support.LogEventText;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Many at once, on every server the engine allows.</summary>
public abstract class ConcurrencyConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Fact]
    public async Task AppendAsync_ManyAppendersOverManyLogs_EverythingAcknowledgedIsThereInOrder()
    {
        var other = await OtherServerAsync();
        var logs = Enumerable.Range(0, 10).Select(i => new LogId($"session/demo/{i}")).ToArray();
        await Task.WhenAll(logs.Select(log => Logs.CreateAsync(log)));
        var acknowledged = await Task.WhenAll(
            from log in logs
            from appender in Enumerable.Range(0, 4)
            select Task.Run(() => AppendManyAsync(appender % 2 == 0 ? Logs : other.EventLog, log)));

        foreach (var (log, i) in logs.Select((log, i) => (log, i)))
        {
            var expected = acknowledged.Skip(i * 4).Take(4).SelectMany(all => all).OrderBy(a => a.Sequence).Select(a => a.Text);
            Assert.Equal(expected, Texts(await other.EventLog.ReadAllAsync(log, 1)));
        }
    }

    [Fact]
    public async Task AppendAsync_ManyCreateOneLog_OneWins()
    {
        var other = await OtherServerAsync();
        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? Logs : other.EventLog).AppendAsync(Log, Some.New()))));
        Assert.Single(results, r => r.Outcome == AppendOutcome.Appended);
        Assert.Equal(19, results.Count(r => r.Outcome == AppendOutcome.AlreadyExists));
        Assert.Single(results.Select(r => r.Epoch).Distinct());
        Assert.Single(await Logs.ReadAllAsync(Log));
    }

    [Fact]
    public async Task AppendAsync_ManyExpectTheSameSequence_OneWinsEachRound()
    {
        await Logs.CreateAsync(Log);
        var other = await OtherServerAsync();
        for (var round = 1; round <= 10; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
                (i % 2 == 0 ? Logs : other.EventLog).AppendAsync(Log, Some.Append() with { ExpectedSequence = round }))));
            Assert.Single(results, r => r.Outcome == AppendOutcome.Appended);
            Assert.Equal(9, results.Count(r => r.Outcome == AppendOutcome.SequenceChanged));
        }
    }

    [Fact]
    public async Task AppendAsync_OneAppendSentManyTimesAtOnce_IsAppendedOnce()
    {
        await Logs.CreateAsync(Log);
        var other = await OtherServerAsync();
        for (var number = 1; number <= 10; number++)
        {
            var append = Some.By("w", number, events: 2);
            var results = await Task.WhenAll(
                Enumerable.Range(0, 10).Select(i => Task.Run(() => (i % 2 == 0 ? Logs : other.EventLog).AppendAsync(Log, append))));
            Assert.Single(results, r => r.Outcome == AppendOutcome.Appended);
            Assert.Equal(9, results.Count(r => r.Outcome == AppendOutcome.Duplicate && r.EventId == append.Events[1].EventId));
            Assert.All(results, r => Assert.Equal(1 + (2 * number), r.Sequence));
        }
    }

    [Fact]
    public async Task DeleteAsync_WhileOthersAppend_NothingEntersAfterIt()
    {
        await Logs.CreateAsync(Log);
        var other = await OtherServerAsync();
        var appends = Enumerable.Range(0, 100).Select(_ => Task.Run(() => other.EventLog.AppendAsync(Log, Some.Append()))).ToArray();
        Assert.True(await Logs.DeleteAsync(Log));
        var results = await Task.WhenAll(appends);
        Assert.All(results, r => Assert.True(r.Outcome is AppendOutcome.Appended or AppendOutcome.Deleted));
        Assert.Null(await other.EventLog.ReadAsync(Log, 0, 0));
        Assert.Equal(AppendOutcome.Deleted, (await other.EventLog.AppendAsync(Log, Some.New())).Outcome);
    }

    [Fact]
    public async Task Stress_WritersResendAndTailsRead_AllTailsEqualTheLog()
    {
        var other = await OtherServerAsync();
        var logs = Enumerable.Range(0, 3).Select(i => new LogId($"session/stress/{i}")).ToArray();
        var starts = await Task.WhenAll(logs.Select(log => Logs.CreateAsync(log)));
        var tails = logs.SelectMany((log, i) => new[] { Logs, Logs, Logs, other.EventLog, other.EventLog, other.EventLog }
            .Select((server, n) => (Log: log, Tail: server.OpenTail(log, starts[i].At(n % 2))))).ToArray();
        const int Appends = 60;
        var reading = tails.Select((t, n) => Task.Run(() => t.Tail.TakeAsync(1 + (Appends * 4) - (n % 2)))).ToArray();

        await Task.WhenAll(
            from log in logs
            from writer in Enumerable.Range(0, 4)
            select Task.Run(() => WriteManyAsync([Logs, other.EventLog], log, writer, Appends)));

        foreach (var (tail, n) in tails.Select((tail, n) => (tail, n)))
        {
            var all = Texts(await Logs.ReadAllAsync(tail.Log));
            Assert.Equal(1 + (Appends * 4), all.Count);
            Assert.Equal(all.Skip(n % 2), Texts(await reading[n]));
            await tail.Tail.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<(long Sequence, string Text)>> AppendManyAsync(IEventLog server, LogId log)
    {
        List<(long, string)> acknowledged = [];
        for (var i = 0; i < 30; i++)
        {
            LogAppend[] group = [Some.Append(2), Some.Append()];
            var results = await server.AppendAsync(log, group);
            foreach (var (append, result) in group.Zip(results))
            {
                Assert.Equal(AppendOutcome.Appended, result.Outcome);
                var first = result.Sequence - append.Events.Count + 1;
                acknowledged.AddRange(append.Events.Select((e, n) => (first + n, Text(first + n, e))));
            }
        }

        return acknowledged;
    }

    /// <summary>Writes as a client does whose answers are sometimes lost: sends again, on any server, until the number is used up.</summary>
    private static async Task WriteManyAsync(IEventLog[] servers, LogId log, int writer, int appends)
    {
        var random = new Random(writer);
        for (var number = 1; number <= appends; number++)
        {
            var append = Some.By($"writer {writer}", number);
            var tries = Enumerable.Range(0, random.Next(1, 4)).Select(_ => servers[random.Next(2)]).ToArray();
            var results = await Task.WhenAll(tries.Select(server => server.AppendAsync(log, append)));
            Assert.Single(results, r => r.Outcome == AppendOutcome.Appended);
            Assert.All(results, r => Assert.True(r.Outcome is AppendOutcome.Appended or AppendOutcome.Duplicate));
            Assert.Single(results.Select(r => r.Sequence).Distinct());
        }
    }
}
