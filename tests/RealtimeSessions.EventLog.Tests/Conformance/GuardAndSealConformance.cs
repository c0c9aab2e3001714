using RealtimeSessions.EventLog.Tests.Support;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>The guard (the last event that changed rights) and the seal.</summary>
public abstract class GuardAndSealConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    private static NewEvent Rights => Some.Event("rights", changesRights: true);

    [Fact]
    public async Task AppendAsync_RightsChangingEvents_TheLastOneIsTheGuard()
    {
        var result = await Logs.AppendAsync(Log, Some.Append(Rights, Some.Event(), Rights, Some.Event()) with { MustBeNew = true });
        Assert.Equal((4, 3), (result.Sequence, result.Guard));
        Assert.Equal(3, (await Logs.HeadAsync(Log)).Guard);
    }

    [Fact]
    public async Task AppendAsync_NoRightsChanged_LeavesTheGuard()
    {
        await Logs.AppendedAsync(Log, Some.Append(Rights) with { MustBeNew = true });
        Assert.Equal(1, (await Logs.AppendedAsync(Log, Some.Append(5))).Guard);
        Assert.Equal(1, (await Logs.HeadAsync(Log)).Guard);
    }

    [Fact]
    public async Task AppendAsync_RightsChangedBetweenJudgingAndAppend_IsRefusedUntilJudgedAgain()
    {
        var other = await OtherServerAsync();
        await Logs.AppendedAsync(Log, Some.Append(Rights) with { MustBeNew = true });
        var judgedBy = (await other.EventLog.HeadAsync(Log)).Guard;
        await Logs.AppendedAsync(Log, Some.Append(Rights));

        var result = await other.EventLog.AppendAsync(Log, Some.Append() with { ExpectedGuard = judgedBy });
        Assert.Equal((AppendOutcome.GuardChanged, 2, 2), (result.Outcome, result.Sequence, result.Guard));
        await other.EventLog.AppendedAsync(Log, Some.Append() with { ExpectedGuard = result.Guard });
        Assert.Equal(3, (await Logs.ReadAllAsync(Log)).Count);
    }

    [Fact]
    public async Task AppendAsync_RightsChangedEarlierInTheSameCall_IsRefused()
    {
        await Logs.CreateAsync(Log);
        var results = await Logs.AppendAsync(
            Log,
            [
                Some.Append() with { ExpectedGuard = 0 },
                Some.Append(Rights) with { ExpectedGuard = 0 },
                Some.Append() with { ExpectedGuard = 0 },
                Some.Append() with { ExpectedGuard = 3 },
            ]);
        Assert.Equal(
            [AppendOutcome.Appended, AppendOutcome.Appended, AppendOutcome.GuardChanged, AppendOutcome.Appended],
            results.Select(r => r.Outcome));
        Assert.Equal([0, 3, 3, 3], results.Select(r => r.Guard));
    }

    [Fact]
    public async Task AppendAsync_ManyJudgedByOneGuard_NoneEntersAfterTheRightsChanged()
    {
        await Logs.CreateAsync(Log);
        var other = await OtherServerAsync();
        var judged = Enumerable.Range(0, 200).Select(i =>
            Task.Run(() => (i % 2 == 0 ? Logs : other.EventLog).AppendAsync(Log, Some.Append() with { ExpectedGuard = 0 })));
        var appends = judged.ToArray();
        var change = await Logs.AppendedAsync(Log, Some.Append(Rights));
        var results = await Task.WhenAll(appends);

        Assert.All(results, r => Assert.True(
            (r.Outcome == AppendOutcome.Appended && r.Sequence < change.Sequence)
            || (r.Outcome == AppendOutcome.GuardChanged && r.Guard == change.Sequence)));
        Assert.Equal(change.Sequence, (await Logs.HeadAsync(Log)).Position.Sequence);
    }

    [Fact]
    public async Task AppendAsync_Seal_RefusesWhatFollows()
    {
        await Logs.CreateAsync(Log);
        Assert.False((await Logs.HeadAsync(Log)).IsSealed);
        var sealing = await Logs.AppendedAsync(Log, Some.Append(2) with { Seal = true });
        Assert.Equal(3, sealing.Sequence);
        Assert.True((await Logs.HeadAsync(Log)).IsSealed);

        var result = await Logs.AppendAsync(Log, Some.Append());
        Assert.Equal(new AppendResult(AppendOutcome.Sealed, sealing.Epoch, 3, 0), result);
        Assert.Equal(AppendOutcome.Sealed, (await Logs.AppendAsync(Log, Some.Append() with { Seal = true })).Outcome);
    }

    [Fact]
    public async Task AppendAsync_AllowSealed_IsAppendedAndLeavesTheSeal()
    {
        await Logs.AppendedAsync(Log, Some.New() with { Seal = true });
        var result = await Logs.AppendedAsync(Log, Some.Append(Rights) with { AllowSealed = true });
        Assert.Equal((2, 2), (result.Sequence, result.Guard));
        Assert.True((await Logs.HeadAsync(Log)).IsSealed);
        Assert.Equal(AppendOutcome.Sealed, (await Logs.AppendAsync(Log, Some.Append())).Outcome);
    }

    [Fact]
    public async Task AppendAsync_AllowSealedOnAnOpenLog_IsAppendedAndSealsNothing()
    {
        await Logs.CreateAsync(Log);
        await Logs.AppendedAsync(Log, Some.Append() with { AllowSealed = true });
        Assert.False((await Logs.HeadAsync(Log)).IsSealed);
    }
}
