using RealtimeSessions.EventLog.Embedded;
using static RealtimeSessions.EventLog.Tests.Embedded.EngineFolder;

namespace RealtimeSessions.EventLog.Tests.Embedded;

public sealed class GroupCommitTests : IDisposable
{
    private readonly EngineFolder _folder = new();

    [Fact]
    public async Task Append_RefusedWithinATransaction_RollsBackNothingElse()
    {
        await using var engine = await _folder.OpenAsync();
        await engine.EventLog.AppendAsync(Log, [Create(Event())]);

        // The writer is held, so that what follows is committed together.
        var (held, release) = Hold(engine);
        var missing = engine.EventLog.AppendAsync(new LogId("missing"), [Append(Event())]);
        var good = engine.EventLog.AppendAsync(Log, [Append(Event("1"))]);
        var stale = engine.EventLog.AppendAsync(Log, [Append(Event()) with { ExpectedSequence = 1 }, Append(Event("2"))]);
        var stored = engine.Catalog.PutAsync("sessions", new CatalogDocument("a", Array.Empty<byte>()), 0);
        var conflict = engine.Catalog.PutAsync("sessions", new CatalogDocument("a", Array.Empty<byte>()), 0);
        release.Set();
        await held;

        Assert.Equal(AppendOutcome.NotFound, (await missing)[0].Outcome);
        Assert.Equal(2, (await good)[0].Sequence);
        Assert.Equal([AppendOutcome.SequenceChanged, AppendOutcome.Appended], (await stale).Select(result => result.Outcome));
        Assert.Equal(1, await stored);
        Assert.Null(await conflict);
        Assert.Equal(3, (await engine.EventLog.ReadAsync(Log, 0, 10))!.Events.Count);
    }

    [Fact]
    public async Task Append_DatabaseFull_FailsTheWholeTransactionAndGoesOn()
    {
        await using var engine = await _folder.OpenAsync();
        var created = await engine.EventLog.AppendAsync(Log, [Create(Event())]);
        await using var tail = engine.EventLog.OpenTail(Log, new(created[0].Epoch, 1));
        var batch = tail.ReadAsync();
        await LimitPagesAsync(engine, "1");

        var (held, release) = Hold(engine);
        var small = engine.EventLog.AppendAsync(Log, [Append(Event()) with { Writer = new WriterNumber("w", 1) }]);
        var other = engine.EventLog.AppendAsync(new LogId("other"), [Create(Event())]);
        var large = engine.EventLog.AppendAsync(Log, [Append(Event(new string('x', 1_000_000)))]);
        release.Set();
        await held;
        await Assert.ThrowsAsync<EngineUnavailableException>(() => small);
        await Assert.ThrowsAsync<EngineUnavailableException>(() => other);
        await Assert.ThrowsAsync<EngineUnavailableException>(() => large);
        Assert.StartsWith("The database could not be written: ", engine.Problem, StringComparison.Ordinal);

        // Nothing of it is left, neither in the database nor in what the writer remembers.
        await LimitPagesAsync(engine, "4294967294");
        Assert.Null(await engine.EventLog.ReadAsync(new LogId("other"), 0, 1));
        var retried = await engine.EventLog.AppendAsync(Log, [Append(Event("again")) with { Writer = new WriterNumber("w", 1) }]);
        Assert.Equal((AppendOutcome.Appended, 2), (retried[0].Outcome, retried[0].Sequence));
        Assert.Null(engine.Problem);
        Assert.Equal(2, Assert.Single((await batch).Events).Sequence);
    }

    [Fact]
    public async Task Append_Malformed_FailsItsCallerAlone()
    {
        await using var engine = await _folder.OpenAsync();
        var good = engine.EventLog.AppendAsync(Log, [Create(Event())]);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.EventLog.AppendAsync(Log, []));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.EventLog.AppendAsync(Log, [Append()]));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.EventLog.AppendAsync(default, [Append(Event())]));
        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.EventLog.AppendAsync(Log, [Append(new NewEvent(Guid.NewGuid(), DateTimeOffset.UtcNow, new byte[4 * 1024 * 1024 + 1]))]));
        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.EventLog.AppendAsync(Log, [Append(Event()) with { Writer = new WriterNumber("\ud800", 1) }]));
        Assert.Equal(AppendOutcome.Appended, (await good)[0].Outcome);
    }

    [Fact]
    public async Task Append_BeyondTheWritersRemembered_ForgetsTheOneUsedLongestAgo()
    {
        await using var engine = await _folder.OpenAsync(new LogOptions { MaximumWriters = 2 });
        var results = await engine.EventLog.AppendAsync(
            Log, [Create(Event()), By("a", 1), By("b", 1), By("a", 2), By("c", 1), By("b", 2), By("a", 2)]);
        Assert.Equal(
            [
                AppendOutcome.Appended, AppendOutcome.Appended, AppendOutcome.Appended, AppendOutcome.Appended, AppendOutcome.Appended,
                AppendOutcome.WriterGap, AppendOutcome.Duplicate,
            ],
            results.Select(result => result.Outcome));

        static LogAppend By(string writer, long number) => Append(Event()) with { Writer = new WriterNumber(writer, number) };
    }

    [Fact]
    public async Task Execute_WhatWaitedIsTakenAlready_WritesNothingAndGoesOn()
    {
        await using var engine = await _folder.OpenAsync();
        await engine.EventLog.AppendAsync(Log, [Create(Event())]);

        // As the thread pool does where the transaction before has taken all.
        ((IThreadPoolWorkItem)engine.Writer).Execute();

        Assert.Equal(2, (await engine.EventLog.AppendAsync(Log, [Append(Event())]))[0].Sequence);
    }

    public void Dispose() => _folder.Dispose();

    private static (Task Held, ManualResetEventSlim Release) Hold(EmbeddedEngine engine)
    {
        var (holding, release) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var held = Task.Run(() => engine.Writer.WriteAsync(_ =>
        {
            holding.Set();
            release.Wait();
            return true;
        }));
        holding.Wait();
        return (held, release);
    }

    private static Task LimitPagesAsync(EmbeddedEngine engine, string pages) => engine.Writer.WriteAsync(session =>
    {
        session.Connection.Execute($"PRAGMA max_page_count = {pages}");
        return true;
    });
}
