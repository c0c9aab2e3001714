using RealtimeSessions.EventLog.Tests.Support;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Snapshots: the latest and the base, and when one is due.</summary>
public abstract class SnapshotConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Fact]
    public async Task ReadSnapshotAsync_NoLogOrNone_IsNull()
    {
        Assert.Null(await Logs.ReadSnapshotAsync(Log));
        await Logs.CreateAsync(Log, 3);
        Assert.Null(await Logs.ReadSnapshotAsync(Log));
    }

    [Fact]
    public async Task WriteSnapshotAsync_AtTheHead_IsReadByteForByte()
    {
        var position = await Logs.CreateAsync(Log, 3);
        byte[] state = [0, 0xff, .. Some.Bytes(3 * 1024 * 1024)];
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.Snapshot(state)));
        await ExpectAsync(position.Snapshot(state), long.MaxValue);
    }

    [Fact]
    public async Task WriteSnapshotAsync_EmptyState_IsASnapshot()
    {
        var position = await Logs.CreateAsync(Log);
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.Snapshot([])));
        await ExpectAsync(position.Snapshot([]), long.MaxValue);
    }

    [Fact]
    public async Task WriteSnapshotAsync_Newer_ReplacesTheLatest()
    {
        var position = await Logs.CreateAsync(Log, 5);
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.At(2).Snapshot(Some.Bytes(10, seed: 2))));
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.At(4).Snapshot(Some.Bytes(10, seed: 4))));
        await ExpectAsync(position.At(4).Snapshot(Some.Bytes(10, seed: 4)), long.MaxValue);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public async Task WriteSnapshotAsync_NotNewer_IsRefused(long sequence)
    {
        var position = await Logs.CreateAsync(Log, 5);
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.At(3).Snapshot(Some.Bytes(10, seed: 3))));
        Assert.False(await Logs.WriteSnapshotAsync(Log, position.At(sequence).Snapshot(Some.Bytes(10, seed: 4))));
        await ExpectAsync(position.At(3).Snapshot(Some.Bytes(10, seed: 3)), long.MaxValue);
    }

    [Fact]
    public async Task WriteSnapshotAsync_BeyondTheHeadOrOfAnotherEpochOrWithoutALog_IsRefused()
    {
        var position = await Logs.CreateAsync(Log, 5);
        Assert.False(await Logs.WriteSnapshotAsync(Log, position.At(6).Snapshot()));
        Assert.False(await Logs.WriteSnapshotAsync(Log, position.At(long.MaxValue).Snapshot()));
        Assert.False(await Logs.WriteSnapshotAsync(Log, (position with { Epoch = "other" }).Snapshot()));
        Assert.False(await Logs.WriteSnapshotAsync(new LogId("never"), position.Snapshot()));
        Assert.Null(await Logs.ReadSnapshotAsync(Log));
        Assert.Null(await Logs.ReadSnapshotAsync(new LogId("never")));
        Assert.Null(await Logs.ReadAsync(new LogId("never"), 0, 0));
    }

    [Fact]
    public async Task ReadSnapshotAsync_AtMost_IsTheNewestOfLatestAndBase()
    {
        var position = await Logs.CreateAsync(Log, 10);
        var (edge, latest) = (position.At(4).Snapshot(Some.Bytes(10, seed: 4)), position.At(8).Snapshot(Some.Bytes(10, seed: 8)));
        Assert.True(await Logs.WriteSnapshotAsync(Log, latest));
        Assert.True(await Logs.TrimAsync(Log, edge));
        await ExpectAsync(latest, long.MaxValue);
        await ExpectAsync(latest, 8);
        await ExpectAsync(edge, 7);
        await ExpectAsync(edge, 4);
        Assert.Null(await Logs.ReadSnapshotAsync(Log, 3));
        Assert.Null(await Logs.ReadSnapshotAsync(Log, 0));
    }

    [Fact]
    public async Task WriteSnapshotAsync_AfterATrim_LeavesTheBase()
    {
        var position = await Logs.CreateAsync(Log, 10);
        var (edge, latest) = (position.At(4).Snapshot(Some.Bytes(10, seed: 4)), position.At(8).Snapshot(Some.Bytes(10, seed: 8)));
        Assert.True(await Logs.TrimAsync(Log, edge));
        await ExpectAsync(edge, long.MaxValue);
        Assert.True(await Logs.WriteSnapshotAsync(Log, latest));
        await ExpectAsync(latest, long.MaxValue);
        await ExpectAsync(edge, 7);
    }

    [Fact]
    public async Task AppendAsync_EventsCrossAMultipleOfTheThreshold_ASnapshotIsDue()
    {
        await OpenAsync(new LogOptions { SnapshotEvents = 5 });
        await Logs.CreateAsync(Log);
        Assert.Equal([5, 10, 15], await DueAsync(2, 16, events: 1));
        Assert.Equal([22, 25], await DueAsync(17, 28, events: 3));
    }

    [Fact]
    public async Task AppendAsync_PayloadsCrossAMultipleOfTheThreshold_ASnapshotIsDue()
    {
        await OpenAsync(new LogOptions { SnapshotMinimumBytes = 1_000 });
        await Logs.AppendedAsync(Log, Some.Append(Some.Event(new byte[300])) with { MustBeNew = true });
        Assert.Equal([4, 7, 10, 14], await DueAsync(2, 15, events: 1));
    }

    [Fact]
    public async Task AppendAsync_AfterASnapshot_DueIsCountedFromIt()
    {
        await OpenAsync(new LogOptions { SnapshotEvents = 5 });
        var position = await Logs.CreateAsync(Log, 7);
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.Snapshot()));
        Assert.Equal([12, 17], await DueAsync(8, 18, events: 1));
    }

    [Fact]
    public async Task AppendAsync_AfterALargeSnapshot_DueWhenThePayloadsWeighAsMuch()
    {
        await OpenAsync(new LogOptions { SnapshotMinimumBytes = 1_000 });
        var position = await Logs.CreateAsync(Log);
        Assert.True(await Logs.WriteSnapshotAsync(Log, position.Snapshot(Some.Bytes(2_000))));
        Assert.Equal([8, 15], await DueAsync(2, 16, events: 1));
    }

    [Fact]
    public async Task AppendAsync_GroupInOneCall_OnlyTheAppendThatCrossedIsDue()
    {
        await OpenAsync(new LogOptions { SnapshotEvents = 5 });
        await Logs.CreateAsync(Log, 3);
        var results = await Logs.AppendAsync(Log, [Some.Append(), Some.Append(3), Some.Append(), Some.New(9), Some.Append(9)]);
        Assert.Equal([false, true, false, false, true], results.Select(r => r.SnapshotDue));
    }

    /// <summary>Appends events of 300 bytes and answers the heads at which a snapshot was due.</summary>
    private async Task<IReadOnlyList<long>> DueAsync(long first, long last, int events)
    {
        List<long> due = [];
        for (var next = first; next <= last; next += events)
        {
            var all = Enumerable.Range(0, events).Select(_ => Some.Event(new byte[300]));
            var result = await Logs.AppendedAsync(Log, Some.Append([.. all]));
            if (result.SnapshotDue)
            {
                due.Add(result.Sequence);
            }
        }

        return due;
    }

    private async Task ExpectAsync(LogSnapshot expected, long atMost)
    {
        var snapshot = await Logs.ReadSnapshotAsync(Log, atMost);
        Assert.Equal(expected.Position, snapshot?.Position);
        Assert.True(expected.State.Span.SequenceEqual(snapshot!.State.Span));
    }
}
