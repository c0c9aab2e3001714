using RealtimeSessions.EventLog.Embedded;
using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Testing;
using static RealtimeSessions.EventLog.Tests.Embedded.EngineFolder;
using static RealtimeSessions.EventLog.Tests.Support.LogEventText;

namespace RealtimeSessions.EventLog.Tests.Embedded;

/// <summary>What stands in the journal alone when the process ends, or when the database cannot be written.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly EngineFolder _folder = new();

    [Fact]
    public async Task Open_AfterACrash_HasEveryAcknowledgedAppend()
    {
        await using var engine = await _folder.OpenAsync();
        NewEvent[] events = [.. Enumerable.Range(1, 8).Select(i => Event($"event {i}")), Event(""), Event() with { ChangesRights = true }];
        await engine.EventLog.AppendAsync(Log, [Create(events[..1])]);
        await engine.EventLog.AppendAsync(Log, [Append(events[1..4]), Append(events[4]) with { Writer = new WriterNumber("w", 1) }]);
        await engine.EventLog.AppendAsync(Log, [Append(events[5..7]) with { Writer = new WriterNumber("ünicode", 1) { IsPermanent = true } }]);
        await engine.EventLog.AppendAsync(Log, [Append(events[7..]) with { Writer = new WriterNumber("w", 2), Seal = true }]);
        Assert.NotEqual(0, new FileInfo(_folder.Journal).Length);

        using var left = _folder.Crash();
        await using var again = await left.OpenAsync();

        Assert.Equal(await engine.EventLog.HeadAsync(Log), await again.EventLog.HeadAsync(Log));
        Assert.Equal(events.Select((e, i) => Text(i + 1, e)), Texts(await again.EventLog.ReadAllAsync(Log)));
        var head = await again.EventLog.HeadAsync(Log);
        Assert.Equal((10, 10, true), (head.Position.Sequence, head.Guard, head.IsSealed));
        var repeated = await again.EventLog.AppendAsync(
            Log, [Append(Event()) with { Writer = new WriterNumber("w", 2) }, Append(Event()) with { Writer = new WriterNumber("ünicode", 1) }]);
        Assert.Equal([(AppendOutcome.Duplicate, 10L), (AppendOutcome.Duplicate, 7L)], repeated.Select(result => (result.Outcome, result.Sequence)));
        Assert.Equal(events[9].EventId, repeated[0].EventId);
    }

    [Fact]
    public async Task Open_AfterACrashBehindACommit_MakesNothingTwice()
    {
        await using var engine = await _folder.OpenAsync();
        await engine.EventLog.CreateAsync(Log);
        await engine.EventLog.AppendAsync(Log, [Append(Event()), Append(Event())]);
        Assert.Equal(3, (await engine.EventLog.ReadAllAsync(Log)).Count);
        Assert.NotEqual(0, new FileInfo(_folder.Journal).Length);

        using var left = _folder.Crash();
        await using var again = await left.OpenAsync();

        Assert.Equal(3, (await again.EventLog.ReadAllAsync(Log)).Count);
    }

    [Fact]
    public async Task Open_AfterACrashBehindADeletion_RevivesNothing()
    {
        await using var engine = await _folder.OpenAsync();
        await engine.EventLog.CreateAsync(Log);
        await engine.EventLog.AppendAsync(Log, [Append(Event())]);
        Assert.True(await engine.EventLog.DeleteAsync(Log));

        using var left = _folder.Crash();
        await using var again = await left.OpenAsync();

        Assert.Null(await again.EventLog.ReadAsync(Log, 0, 1));
    }

    [Fact]
    public async Task Open_WithoutTheCommitBeforeTheJournal_LeavesNoGap()
    {
        await using var engine = await _folder.OpenAsync();
        var other = new LogId("other");
        await engine.EventLog.CreateAsync(Log);
        await engine.EventLog.CreateAsync(other);
        using var before = _folder.Crash();
        await engine.EventLog.AppendAsync(Log, [Append(Event())]);
        await engine.EventLog.HeadAsync(Log);
        await engine.EventLog.AppendAsync(Log, [Append(Event()), Append(Event())]);
        await engine.EventLog.AppendAsync(other, [Append(Event())]);

        // As a power cut may leave it: the journal is on the disk, the commit before it is not.
        File.Copy(_folder.Journal, before.Journal, overwrite: true);
        using var logs = new RecordedLogs();
        await using var again = await before.OpenAsync(loggers: logs);

        Assert.Single(await again.EventLog.ReadAllAsync(Log));
        Assert.Equal(2, (await again.EventLog.ReadAllAsync(other)).Count);
        Assert.Equal(2, (await again.EventLog.AppendAsync(Log, Some.Append())).Sequence);
        Assert.Contains("2 of 3 appends", Assert.Single(logs.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_MoreThanTheJournalHolds_IsCommittedOnTheWay()
    {
        await using var engine = await _folder.OpenAsync();
        await engine.EventLog.CreateAsync(Log);
        for (var i = 0; i < 700; i++)
        {
            await engine.EventLog.AppendedAsync(Log, Append(Event(new string('x', 1_024))));
        }

        Assert.InRange(new FileInfo(_folder.Journal).Length, 400 * 1024, 512 * 1024);
        using var left = _folder.Crash();
        await using var again = await left.OpenAsync();
        Assert.Equal(701, (await again.EventLog.ReadAllAsync(Log)).Count);
    }

    [Fact]
    public async Task Append_WithFullDurability_IsCommittedAtOnce()
    {
        await using var engine = await _folder.OpenAsync(durability: EmbeddedDurability.Full);
        await engine.EventLog.CreateAsync(Log);
        await engine.EventLog.AppendAsync(Log, [Append(Event())]);

        Assert.False(engine.Writer.IsAhead);
        Assert.Equal(0, new FileInfo(_folder.Journal).Length);
    }

    [Fact]
    public async Task Append_TheDatabaseCannotBeWritten_KeepsWhatTheJournalHolds()
    {
        await using var engine = await _folder.OpenAsync();
        await engine.EventLog.CreateAsync(Log);
        await LimitPagesAsync(engine, "1");
        var first = Append(Event("first")) with { Writer = new WriterNumber("w", 1) };
        await engine.EventLog.AppendedAsync(Log, first);

        var large = Append(Event(new string('x', 1_000_000))) with { Writer = new WriterNumber("w", 2) };
        await Assert.ThrowsAsync<EngineUnavailableException>(() => engine.EventLog.AppendAsync(Log, [large]));

        await LimitPagesAsync(engine, "4294967294");
        Assert.Equal(2, (await engine.EventLog.HeadAsync(Log)).Position.Sequence);
        Assert.Equal(AppendOutcome.Duplicate, (await engine.EventLog.AppendAsync(Log, first)).Outcome);
        Assert.Equal(3, (await engine.EventLog.AppendedAsync(Log, large)).Sequence);
        Assert.Equal([5, 1_000_000], (await engine.EventLog.ReadAllAsync(Log, after: 1)).Select(e => e.Payload.Length));
    }

    [Fact]
    public async Task Dispose_WithAppendsInTheJournal_BringsThemIntoTheDatabase()
    {
        await using (var engine = await _folder.OpenAsync())
        {
            await engine.EventLog.CreateAsync(Log);
            await engine.EventLog.AppendAsync(Log, [Append(Event())]);
            Assert.True(engine.Writer.IsAhead);
        }

        File.Delete(_folder.Journal);
        await using var again = await _folder.OpenAsync();
        Assert.Equal(2, (await again.EventLog.ReadAllAsync(Log)).Count);
    }

    public void Dispose() => _folder.Dispose();

    private static Task LimitPagesAsync(EmbeddedEngine engine, string pages) => engine.Writer.WriteAsync(session =>
    {
        session.Connection.Execute($"PRAGMA max_page_count = {pages}");
        return true;
    });
}
