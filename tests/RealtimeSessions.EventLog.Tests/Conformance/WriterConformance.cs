using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Writers: consecutive numbers that make a retry safe.</summary>
public abstract class WriterConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Fact]
    public async Task AppendAsync_ConsecutiveNumbers_AreAppended()
    {
        await Logs.CreateAsync(Log);
        for (var number = 1; number <= 5; number++)
        {
            Assert.Equal(number + 1, (await Logs.AppendedAsync(Log, Some.By("w", number))).Sequence);
        }
    }

    [Fact]
    public async Task AppendAsync_UsedNumber_AnswersTheWritersLastAppend()
    {
        await Logs.CreateAsync(Log);
        await Logs.AppendedAsync(Log, Some.By("w", 1, events: 2));
        var last = Some.By("w", 2, events: 3);
        await Logs.AppendedAsync(Log, last);
        await Logs.AppendedAsync(Log, Some.Append(Some.Event("rights", changesRights: true)));

        var head = await Logs.HeadAsync(Log);
        var expected = new AppendResult(AppendOutcome.Duplicate, head.Position.Epoch, 6, 7)
        {
            EventId = last.Events[^1].EventId,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(last.Events[^1].CreatedAt.ToUnixTimeMilliseconds()),
        };
        Assert.Equal(expected, await Logs.AppendAsync(Log, last));
        Assert.Equal(expected, await Logs.AppendAsync(Log, Some.By("w", 1)));
        Assert.Equal(TimeSpan.Zero, (await Logs.AppendAsync(Log, last)).CreatedAt.Offset);
        Assert.Equal(head, await Logs.HeadAsync(Log));
    }

    [Fact]
    public async Task AppendAsync_NumberTooHigh_AnswersTheNextOne()
    {
        await Logs.CreateAsync(Log);
        var first = await Logs.AppendAsync(Log, Some.By("w", 2));
        Assert.Equal((AppendOutcome.WriterGap, 1, 1), (first.Outcome, first.Sequence, first.NextNumber));
        await Logs.AppendedAsync(Log, Some.By("w", 1));
        var third = await Logs.AppendAsync(Log, Some.By("w", 3));
        Assert.Equal((AppendOutcome.WriterGap, 2, 2), (third.Outcome, third.Sequence, third.NextNumber));
        await Logs.AppendedAsync(Log, Some.By("w", 2));
    }

    [Fact]
    public async Task AppendAsync_NumbersInOneCall_AreJudgedOneAfterTheOther()
    {
        await Logs.CreateAsync(Log);
        var results = await Logs.AppendAsync(
            Log, [Some.By("w", 1), Some.By("w", 1), Some.By("w", 3), Some.By("w", 2), Some.By("v", 1), Some.By("w", 3), Some.By("w", 2)]);
        Assert.Equal(
            [
                (AppendOutcome.Appended, 2, 0),
                (AppendOutcome.Duplicate, 2, 0),
                (AppendOutcome.WriterGap, 2, 2),
                (AppendOutcome.Appended, 3, 0),
                (AppendOutcome.Appended, 4, 0),
                (AppendOutcome.Appended, 5, 0),
                (AppendOutcome.Duplicate, 5, 0),
            ],
            results.Select(r => (r.Outcome, r.Sequence, r.NextNumber)));
    }

    [Fact]
    public async Task AppendAsync_RepeatedCreation_IsADuplicateNotAConflict()
    {
        var creation = Some.By("w", 1, events: 2) with { MustBeNew = true };
        await Logs.AppendedAsync(Log, creation);
        await Logs.AppendedAsync(Log, Some.Append());
        var result = await Logs.AppendAsync(Log, creation);
        Assert.Equal((AppendOutcome.Duplicate, 2, creation.Events[1].EventId), (result.Outcome, result.Sequence, result.EventId));
    }

    [Fact]
    public async Task AppendAsync_RepeatedOnASealedLog_IsADuplicate()
    {
        await Logs.CreateAsync(Log);
        var sealing = Some.By("w", 1) with { Seal = true };
        await Logs.AppendedAsync(Log, sealing);
        Assert.Equal(AppendOutcome.Duplicate, (await Logs.AppendAsync(Log, sealing)).Outcome);
        Assert.Equal(AppendOutcome.Sealed, (await Logs.AppendAsync(Log, Some.By("w", 2))).Outcome);
    }

    [Fact]
    public async Task AppendAsync_RepeatedAfterItsEventsWereTrimmed_StillAnswersThem()
    {
        await Logs.CreateAsync(Log);
        var append = Some.By("w", 1);
        await Logs.AppendedAsync(Log, append);
        await Logs.CreateRetentionEdgeAsync(Log);
        var result = await Logs.AppendAsync(Log, append);
        Assert.Equal((AppendOutcome.Duplicate, 2, append.Events[0].EventId), (result.Outcome, result.Sequence, result.EventId));
        Assert.Equal(append.Events[0].CreatedAt.ToUnixTimeMilliseconds(), result.CreatedAt.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task AppendAsync_WritersOfDifferentLogs_AreSeparate()
    {
        var other = new LogId("session/demo/board-2");
        await Logs.CreateAsync(Log);
        await Logs.CreateAsync(other);
        await Logs.AppendedAsync(Log, Some.By("w", 1));
        Assert.Equal(AppendOutcome.WriterGap, (await Logs.AppendAsync(other, Some.By("w", 2))).Outcome);
        await Logs.AppendedAsync(other, Some.By("w", 1));
    }

    [Fact]
    public async Task AppendAsync_WriterNamesOfAnyText_AreSeparateWriters()
    {
        string[] names = ["a", "A", "a ", "ä", "a\u0308", "'", "\"", ":", "a:1", "a\n", "\\", "%", "{a}", "😀", new string('w', 400)];
        await Logs.CreateAsync(Log);
        foreach (var name in names)
        {
            await Logs.AppendedAsync(Log, Some.By(name, 1));
        }

        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            var again = await Logs.AppendAsync(Log, Some.By(name, 1));
            Assert.Equal((AppendOutcome.Duplicate, i + 2), (again.Outcome, again.Sequence));
        }
    }

    [Theory]
    [InlineData((1L << 53) + 1)]
    [InlineData(long.MaxValue)]
    public async Task AppendAsync_HugeNumber_IsAGap(long number)
    {
        await Logs.CreateAsync(Log);
        var result = await Logs.AppendAsync(Log, Some.By("w", number));
        Assert.Equal((AppendOutcome.WriterGap, 1), (result.Outcome, result.NextNumber));
    }

    [Fact]
    public async Task AppendAsync_WithinTheRetention_TheWriterIsRemembered()
    {
        var time = new VirtualTime();
        await OpenAsync(new LogOptions(), time);
        await Logs.CreateAsync(Log);
        for (var number = 1; number <= 3; number++)
        {
            await Logs.AppendedAsync(Log, Some.By("w", number));
            time.Advance(TimeSpan.FromDays(6));
            Assert.Equal(AppendOutcome.Duplicate, (await Logs.AppendAsync(Log, Some.By("w", number))).Outcome);
        }
    }

    [Fact]
    public async Task AppendAsync_AfterTheRetention_TheWriterBeginsAnew()
    {
        var time = new VirtualTime();
        await OpenAsync(new LogOptions { WriterRetention = TimeSpan.FromDays(2) }, time);
        await Logs.CreateAsync(Log);
        await Logs.AppendedAsync(Log, Some.By("w", 1));
        time.Advance(TimeSpan.FromDays(1));
        await Logs.AppendedAsync(Log, Some.By("v", 1));
        time.Advance(TimeSpan.FromDays(1.5));

        var gap = await Logs.AppendAsync(Log, Some.By("w", 2));
        Assert.Equal((AppendOutcome.WriterGap, 1), (gap.Outcome, gap.NextNumber));
        await Logs.AppendedAsync(Log, Some.By("w", 1));
        Assert.Equal(AppendOutcome.Duplicate, (await Logs.AppendAsync(Log, Some.By("v", 1))).Outcome);
    }

    [Fact]
    public async Task AppendAsync_MoreThanTheMaximumOfWriters_ForgetsTheOneUsedLongestAgo()
    {
        var time = new VirtualTime();
        await OpenAsync(new LogOptions { MaximumWriters = 3 }, time);
        await Logs.CreateAsync(Log);
        foreach (var (name, number) in new[] { ("a", 1), ("b", 1), ("c", 1), ("a", 2), ("d", 1) })
        {
            await Logs.AppendedAsync(Log, Some.By(name, number));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        foreach (var (name, number) in new[] { ("a", 2), ("c", 1), ("d", 1) })
        {
            Assert.Equal(AppendOutcome.Duplicate, (await Logs.AppendAsync(Log, Some.By(name, number))).Outcome);
        }

        Assert.Equal(1, (await Logs.AppendAsync(Log, Some.By("b", 2))).NextNumber);
    }

    [Fact]
    public async Task AppendAsync_PermanentWriter_IsNeverForgotten()
    {
        var time = new VirtualTime();
        await OpenAsync(new LogOptions { MaximumWriters = 2 }, time);
        await Logs.CreateAsync(Log);
        foreach (var name in new[] { "p", "q", "r" })
        {
            await Logs.AppendedAsync(Log, Permanent(name, 1));
        }

        time.Advance(TimeSpan.FromDays(400));
        foreach (var name in new[] { "a", "b", "c" })
        {
            await Logs.AppendedAsync(Log, Some.By(name, 1));
        }

        Assert.Equal(1, (await Logs.AppendAsync(Log, Some.By("a", 2))).NextNumber);
        foreach (var name in new[] { "p", "q", "r" })
        {
            Assert.Equal(AppendOutcome.Duplicate, (await Logs.AppendAsync(Log, Permanent(name, 1))).Outcome);
            Assert.Equal(2, (await Logs.AppendAsync(Log, Permanent(name, 3))).NextNumber);
            await Logs.AppendedAsync(Log, Permanent(name, 2));
        }
    }

    private static LogAppend Permanent(string name, long number) =>
        Some.By(name, (int)number) with { Writer = new WriterNumber(name, number) { IsPermanent = true } };
}
