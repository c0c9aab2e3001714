using RealtimeSessions.EventLog.Tests.Support;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Trimming and deletion.</summary>
public abstract class RetentionConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Fact]
    public async Task TrimAsync_Edge_RemovesUpToAndIncludingIt()
    {
        var position = await Logs.CreateAsync(Log, 10);
        Assert.True(await Logs.TrimAsync(Log, position.At(4).Snapshot()));
        var page = await Logs.ReadAsync(Log, 0, 100);
        Assert.Equal(new LogHead(position, 5, 0, false), page!.Head);
        Assert.Equal([5, 6, 7, 8, 9, 10], page.Events.Select(e => e.Sequence));
        Assert.Equal([5, 6], (await Logs.ReadAsync(Log, 2, 2))!.Events.Select(e => e.Sequence));
        Assert.Equal([8, 9, 10], (await Logs.ReadAsync(Log, 7, 100))!.Events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task TrimAsync_AtTheHead_LeavesAnEmptyLogThatGoesOn()
    {
        var position = await Logs.CreateAsync(Log, 3);
        Assert.True(await Logs.TrimAsync(Log, position.Snapshot()));
        var page = await Logs.ReadAsync(Log, 0, 100);
        Assert.Empty(page!.Events);
        Assert.Equal(new LogHead(position, 4, 0, false), page.Head);
        Assert.Equal(4, (await Logs.AppendedAsync(Log, Some.Append() with { ExpectedSequence = 3 })).Sequence);
        Assert.Equal(4, Assert.Single(await Logs.ReadAllAsync(Log)).Sequence);
    }

    [Fact]
    public async Task TrimAsync_NotNewerOrBeyondOrOfAnotherEpochOrWithoutALog_ChangesNothing()
    {
        var position = await Logs.CreateAsync(Log, 10);
        Assert.True(await Logs.TrimAsync(Log, position.At(4).Snapshot(Some.Bytes(10))));
        Assert.False(await Logs.TrimAsync(Log, position.At(4).Snapshot()));
        Assert.False(await Logs.TrimAsync(Log, position.At(3).Snapshot()));
        Assert.False(await Logs.TrimAsync(Log, position.At(11).Snapshot()));
        Assert.False(await Logs.TrimAsync(Log, position.At(long.MaxValue).Snapshot()));
        Assert.False(await Logs.TrimAsync(Log, new Protocol.Position("other", 6).Snapshot()));
        Assert.False(await Logs.TrimAsync(new LogId("never"), position.At(5).Snapshot()));
        Assert.Equal(new LogHead(position, 5, 0, false), await Logs.HeadAsync(Log));
        Assert.Equal(6, (await Logs.ReadAllAsync(Log)).Count);
        Assert.Equal(10, (await Logs.ReadSnapshotAsync(Log))!.State.Length);
    }

    [Fact]
    public async Task TrimAsync_BeyondTheLatestSnapshot_RemovesIt()
    {
        var position = await Logs.CreateAsync(Log, 10);
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.At(3).Snapshot()));
        Assert.True(await Logs.TrimAsync(Log, position.At(5).Snapshot()));
        Assert.Null(await Logs.ReadSnapshotAsync(Log, 4));
        Assert.Equal(position.At(5), (await Logs.ReadSnapshotAsync(Log))!.Position);
    }

    [Fact]
    public async Task TrimAsync_AgainFurtherOn_MovesTheBase()
    {
        var position = await Logs.CreateAsync(Log, 10);
        Assert.True(await Logs.TrimAsync(Log, position.At(3).Snapshot()));
        Assert.True(await Logs.TrimAsync(Log, position.At(7).Snapshot()));
        Assert.Null(await Logs.ReadSnapshotAsync(Log, 6));
        Assert.Equal(position.At(7), (await Logs.ReadSnapshotAsync(Log, 7))!.Position);
        Assert.Equal(8, (await Logs.HeadAsync(Log)).FirstAvailable);
    }

    [Fact]
    public async Task TrimAsync_GuardSealAndWriters_AreKept()
    {
        await Logs.AppendedAsync(Log, Some.Append(Some.Event("rights", changesRights: true)) with { MustBeNew = true });
        await Logs.AppendedAsync(Log, Some.By("w", 1) with { Seal = true });
        await Logs.CreateRetentionEdgeAsync(Log);
        var head = await Logs.HeadAsync(Log);
        Assert.Equal((1, true), (head.Guard, head.IsSealed));
        Assert.Equal(AppendOutcome.Duplicate, (await Logs.AppendAsync(Log, Some.By("w", 1))).Outcome);
        Assert.Equal(AppendOutcome.WriterGap, (await Logs.AppendAsync(Log, Some.By("w", 3) with { AllowSealed = true })).Outcome);
    }

    [Fact]
    public async Task DeleteAsync_ALog_RemovesItForGood()
    {
        var position = await Logs.CreateAsync(Log, 3);
        await Logs.WriteSnapshotAsync(Log, position.At(2).Snapshot());
        await Logs.TrimAsync(Log, position.At(1).Snapshot());
        Assert.True(await Logs.DeleteAsync(Log));

        Assert.Null(await Logs.ReadAsync(Log, 0, 10));
        Assert.Null(await Logs.ReadSnapshotAsync(Log));
        Assert.False(await Logs.WriteSnapshotAsync(Log, position.Snapshot()));
        Assert.False(await Logs.TrimAsync(Log, position.At(2).Snapshot()));
        Assert.False(await Logs.DeleteAsync(Log));
    }

    [Fact]
    public async Task DeleteAsync_ThenAppend_IsDeletedWhateverTheAppendAsksFor()
    {
        var creation = Some.By("w", 1) with { MustBeNew = true };
        await Logs.AppendedAsync(Log, creation);
        await Logs.DeleteAsync(Log);
        var results = await Logs.AppendAsync(Log, [creation, Some.Append(), Some.New(), Some.Append() with { AllowSealed = true }]);
        Assert.All(results, r => Assert.Equal(new AppendResult(AppendOutcome.Deleted, "", 0, 0), r));
        Assert.Null(await Logs.ReadAsync(Log, 0, 10));
    }

    [Fact]
    public async Task DeleteAsync_NoSuchLog_IsFalseAndLeavesTheNameFree()
    {
        Assert.False(await Logs.DeleteAsync(Log));
        await Logs.CreateAsync(Log);
    }

    [Fact]
    public async Task DeleteAsync_OneOfTwo_LeavesTheOther()
    {
        await Logs.CreateAsync(Log);
        await Logs.CreateAsync(new LogId($"{Log}/child"), 2);
        await Logs.DeleteAsync(Log);
        Assert.Equal(2, (await Logs.ReadAllAsync(new LogId($"{Log}/child"))).Count);
    }

    [Fact]
    public async Task ChangeEpochAsync_Expected_ChangesItOnceAndKeepsTheEvents()
    {
        var position = await Logs.CreateAsync(Log, 3);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TailSource.ChangeEpochAsync(Log, position.Epoch)));
        var changed = (await Logs.HeadAsync(Log)).Position;
        Assert.NotEqual(position.Epoch, changed.Epoch);
        Assert.Matches("^[a-z0-9]{1,32}$", changed.Epoch);
        await TailSource.ChangeEpochAsync(Log, position.Epoch);
        Assert.Equal(changed, (await Logs.HeadAsync(Log)).Position);
        Assert.Equal(new AppendResult(AppendOutcome.Appended, changed.Epoch, 4, 0), await Logs.AppendAsync(Log, Some.Append()));
        Assert.Equal(4, (await Logs.ReadAllAsync(Log)).Count);
    }

    [Fact]
    public async Task ChangeEpochAsync_WithSnapshots_TheyAreOfTheNewEpochAndTheBaseIsKept()
    {
        var position = await Logs.CreateAsync(Log, 5);
        Assert.True(await Logs.TrimAsync(Log, position.At(2).Snapshot()));
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.At(4).Snapshot()));
        await TailSource.ChangeEpochAsync(Log, position.Epoch);
        var epoch = (await Logs.HeadAsync(Log)).Position.Epoch;
        Assert.Equal(epoch, (await Logs.ReadSnapshotAsync(Log))?.Position.Epoch);
        Assert.Equal(new Protocol.Position(epoch, 2), (await Logs.ReadSnapshotAsync(Log, 3))?.Position);
    }

    [Fact]
    public async Task ChangeEpochAsync_NoSuchLogOrDeleted_MakesNone()
    {
        var position = await Logs.CreateAsync(Log);
        await Logs.DeleteAsync(Log);
        await TailSource.ChangeEpochAsync(Log, position.Epoch);
        await TailSource.ChangeEpochAsync(new LogId("never"), "");
        Assert.Null(await Logs.ReadAsync(Log, 0, 0));
        Assert.Null(await Logs.ReadAsync(new LogId("never"), 0, 0));
        Assert.Equal(AppendOutcome.NotFound, (await Logs.AppendAsync(new LogId("never"), Some.Append())).Outcome);
    }
}
