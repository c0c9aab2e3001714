using RealtimeSessions.EventLog.Tests.Support;
using static RealtimeSessions.EventLog.Tests.Support.LogEventText;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Appends: order, atomicity, conditions, outcomes.</summary>
public abstract class EventLogConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Fact]
    public async Task AppendAsync_NewLog_StartsAtOneWithAnEpoch()
    {
        var result = await Logs.AppendAsync(Log, Some.New());
        Assert.Equal(AppendOutcome.Appended, result.Outcome);
        Assert.Matches("^[a-z0-9]{1,32}$", result.Epoch);
        Assert.Equal((1, 0), (result.Sequence, result.Guard));
        Assert.Equal((Guid.Empty, default, 0), (result.EventId, result.CreatedAt, result.NextNumber));
    }

    [Fact]
    public async Task AppendAsync_TwoNewLogs_HaveDifferentEpochs() =>
        Assert.NotEqual((await Logs.CreateAsync(Log)).Epoch, (await Logs.CreateAsync(new LogId("session/demo/board-2"))).Epoch);

    [Fact]
    public async Task AppendAsync_SeveralEvents_AreStoredConsecutivelyInTheirOrder()
    {
        var (first, second) = (Some.New(3), Some.Append(2));
        Assert.Equal(3, (await Logs.AppendAsync(Log, first)).Sequence);
        Assert.Equal(5, (await Logs.AppendAsync(Log, second)).Sequence);
        var expected = first.Events.Concat(second.Events).Select((e, i) => Text(i + 1, e));
        Assert.Equal(expected, Texts(await Logs.ReadAllAsync(Log)));
    }

    [Fact]
    public async Task AppendAsync_ThousandEventsInOneAppend_AreAllStored()
    {
        Assert.Equal(1_000, (await Logs.AppendAsync(Log, Some.New(1_000))).Sequence);
        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => (long)i), (await Logs.ReadAllAsync(Log)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task AppendAsync_ThousandAppendsInOneCall_AreAnsweredInTheirOrder()
    {
        await Logs.CreateAsync(Log);
        var results = await Logs.AppendAsync(Log, [.. Enumerable.Range(0, 1_000).Select(_ => Some.Append())]);
        Assert.Equal(Enumerable.Range(2, 1_000).Select(i => (long)i), results.Select(r => r.Sequence));
    }

    [Fact]
    public async Task AppendAsync_GroupInOneCall_DecidesEachOnItsOwnInOrder()
    {
        var results = await Logs.AppendAsync(
            Log,
            [
                Some.Append(),
                Some.New(2),
                Some.New(),
                Some.Append() with { ExpectedSequence = 1 },
                Some.Append(2) with { ExpectedSequence = 2 },
                Some.By("w", 2),
                Some.By("w", 1) with { Seal = true },
                Some.Append(),
                Some.Append() with { AllowSealed = true },
            ]);
        Assert.Equal(
            [
                (AppendOutcome.NotFound, 0),
                (AppendOutcome.Appended, 2),
                (AppendOutcome.AlreadyExists, 2),
                (AppendOutcome.SequenceChanged, 2),
                (AppendOutcome.Appended, 4),
                (AppendOutcome.WriterGap, 4),
                (AppendOutcome.Appended, 5),
                (AppendOutcome.Sealed, 5),
                (AppendOutcome.Appended, 6),
            ],
            results.Select(r => (r.Outcome, r.Sequence)));
        Assert.Equal(["", .. Enumerable.Repeat(results[1].Epoch, 8)], results.Select(r => r.Epoch));
        Assert.Equal(6, (await Logs.ReadAllAsync(Log)).Count);
    }

    [Fact]
    public async Task AppendAsync_EveryConditionFails_TheFirstInTheContractsOrderIsTheOutcome()
    {
        var wrong = Some.Append(2) with
        {
            MustBeNew = true, ExpectedGuard = 99, ExpectedSequence = 99, Seal = true, Writer = new WriterNumber("w", 1),
        };
        await Logs.AppendedAsync(Log, Some.By("w", 1) with { MustBeNew = true });
        await Logs.AppendedAsync(Log, Some.Append(Some.Event("rights", changesRights: true)) with { Seal = true });
        var gone = new LogId("gone");
        await Logs.AppendedAsync(gone, Some.By("w", 1) with { MustBeNew = true });
        await Logs.DeleteAsync(gone);

        await ExpectAsync(gone, AppendOutcome.Deleted, wrong);
        await ExpectAsync(new LogId("never"), AppendOutcome.NotFound, wrong with { MustBeNew = false });
        await ExpectAsync(Log, AppendOutcome.Duplicate, wrong);
        wrong = wrong with { Writer = new WriterNumber("w", 9) };
        await ExpectAsync(Log, AppendOutcome.AlreadyExists, wrong);
        wrong = wrong with { MustBeNew = false };
        await ExpectAsync(Log, AppendOutcome.Sealed, wrong);
        wrong = wrong with { AllowSealed = true };
        await ExpectAsync(Log, AppendOutcome.GuardChanged, wrong);
        wrong = wrong with { ExpectedGuard = 2 };
        await ExpectAsync(Log, AppendOutcome.SequenceChanged, wrong);
        wrong = wrong with { ExpectedSequence = 2 };
        await ExpectAsync(Log, AppendOutcome.WriterGap, wrong);
        await ExpectAsync(Log, AppendOutcome.Appended, wrong with { Writer = new WriterNumber("w", 2) });
    }

    [Fact]
    public async Task AppendAsync_Refused_LeavesNoTrace()
    {
        await Logs.AppendedAsync(Log, Some.By("w", 1) with { MustBeNew = true });
        var (head, events) = (await Logs.HeadAsync(Log), Texts(await Logs.ReadAllAsync(Log)));
        var refused = Some.Append(Some.Event(), Some.Event("rights", changesRights: true)) with { Seal = true };
        var results = await Logs.AppendAsync(
            Log,
            [
                refused with { MustBeNew = true },
                refused with { ExpectedGuard = 1 },
                refused with { ExpectedSequence = 0 },
                refused with { Writer = new WriterNumber("w", 1) },
                refused with { Writer = new WriterNumber("w", 3) },
                refused with { Writer = new WriterNumber("v", 2) },
            ]);
        Assert.DoesNotContain(results, r => r.Outcome == AppendOutcome.Appended || r.SnapshotDue);
        Assert.Equal(head, await Logs.HeadAsync(Log));
        Assert.Equal(events, Texts(await Logs.ReadAllAsync(Log)));
        Assert.Equal(2, (await Logs.AppendedAsync(Log, Some.By("w", 2))).Sequence);
        Assert.Equal(3, (await Logs.AppendedAsync(Log, Some.By("v", 1))).Sequence);
    }

    [Fact]
    public async Task AppendAsync_NoSuchLog_IsNotFoundAndMakesNone()
    {
        var result = await Logs.AppendAsync(Log, Some.Append());
        Assert.Equal(new AppendResult(AppendOutcome.NotFound, "", 0, 0), result);
        Assert.Null(await Logs.ReadAsync(Log, 0, 10));
    }

    [Fact]
    public async Task AppendAsync_NewLogWithOtherConditions_JudgesThemByAnEmptyLog()
    {
        var results = await Logs.AppendAsync(
            Log,
            [
                Some.New() with { ExpectedGuard = 1 },
                Some.New() with { ExpectedSequence = 1 },
                Some.By("w", 2) with { MustBeNew = true },
            ]);
        Assert.Equal(
            [
                new AppendResult(AppendOutcome.GuardChanged, "", 0, 0),
                new AppendResult(AppendOutcome.SequenceChanged, "", 0, 0),
                new AppendResult(AppendOutcome.WriterGap, "", 0, 0) { NextNumber = 1 },
            ],
            results);
        Assert.Null(await Logs.ReadAsync(Log, 0, 0));
        await Logs.AppendedAsync(Log, Some.By("w", 1) with { MustBeNew = true, ExpectedGuard = 0, ExpectedSequence = 0 });
    }

    [Fact]
    public async Task AppendAsync_ExpectedSequenceIsTheHead_IsAppended()
    {
        var position = await Logs.CreateAsync(Log, 3);
        Assert.Equal(AppendOutcome.SequenceChanged, (await Logs.AppendAsync(Log, Some.Append() with { ExpectedSequence = 2 })).Outcome);
        Assert.Equal(AppendOutcome.SequenceChanged, (await Logs.AppendAsync(Log, Some.Append() with { ExpectedSequence = 4 })).Outcome);
        Assert.Equal(
            AppendOutcome.SequenceChanged,
            (await Logs.AppendAsync(Log, Some.Append() with { ExpectedSequence = long.MaxValue })).Outcome);
        var result = await Logs.AppendAsync(Log, Some.Append() with { ExpectedSequence = 3 });
        Assert.Equal(new AppendResult(AppendOutcome.Appended, position.Epoch, 4, 0), result);
    }

    private async Task ExpectAsync(LogId log, AppendOutcome outcome, LogAppend append) =>
        Assert.Equal(outcome, (await Logs.AppendAsync(log, append)).Outcome);
}
