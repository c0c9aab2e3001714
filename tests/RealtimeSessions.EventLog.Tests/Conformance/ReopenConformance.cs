using RealtimeSessions.EventLog.Tests.Support;
using static RealtimeSessions.EventLog.Tests.Support.LogEventText;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>What was acknowledged is there after the engine was closed and opened again.</summary>
public abstract class ReopenConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Fact]
    public async Task Reopen_ALog_IsAsItWas()
    {
        var position = await Logs.CreateAsync(Log, 20);
        await Logs.AppendedAsync(Log, Some.Append(Some.Event("rights", changesRights: true)));
        await Logs.AppendedAsync(Log, Some.By("w", 1) with { Seal = true });
        await Logs.TrimAsync(Log, position.At(5).Snapshot(Some.Bytes(10, seed: 5)));
        await Logs.WriteSnapshotAsync(Log, position.At(9).Snapshot(Some.Bytes(10, seed: 9)));
        var (head, events) = (await Logs.HeadAsync(Log), Texts(await Logs.ReadAllAsync(Log)));

        await Storage.ReopenAsync();

        Assert.Equal(head, await Logs.HeadAsync(Log));
        Assert.Equal(events, Texts(await Logs.ReadAllAsync(Log)));
        Assert.Equal(Some.Bytes(10, seed: 9), (await Logs.ReadSnapshotAsync(Log))!.State.ToArray());
        Assert.Equal(Some.Bytes(10, seed: 5), (await Logs.ReadSnapshotAsync(Log, 8))!.State.ToArray());
        Assert.Equal(AppendOutcome.Sealed, (await Logs.AppendAsync(Log, Some.Append())).Outcome);
        var again = await Logs.AppendAsync(Log, Some.By("w", 1));
        Assert.Equal((AppendOutcome.Duplicate, 22), (again.Outcome, again.Sequence));
        await Logs.AppendedAsync(Log, Some.By("w", 2) with { AllowSealed = true, ExpectedSequence = 22, ExpectedGuard = 21 });
    }

    [Fact]
    public async Task Reopen_ADeletedLog_StaysDeleted()
    {
        await Logs.CreateAsync(Log);
        await Logs.DeleteAsync(Log);
        await Storage.ReopenAsync();
        Assert.Equal(AppendOutcome.Deleted, (await Logs.AppendAsync(Log, Some.New())).Outcome);
        Assert.Null(await Logs.ReadAsync(Log, 0, 0));
        Assert.Equal(TailBatchKind.Deleted, (await Logs.OpenTail(Log, default).NextAsync()).Kind);
    }

    [Fact]
    public async Task Reopen_ATailFromAnOldPosition_GoesOnFromThere()
    {
        var position = await Logs.CreateAsync(Log, 5);
        await Storage.ReopenAsync();
        await Logs.AppendedAsync(Log, Some.Append(2));
        await using var tail = Logs.OpenTail(Log, position.At(3));
        Assert.Equal([4, 5, 6, 7], (await tail.TakeAsync(4)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task Reopen_ACatalog_IsAsItWas()
    {
        var document = new CatalogDocument("a", Some.Bytes(10)) { Terms = ["red"], Orders = new Dictionary<string, long> { ["at"] = 7 } };
        await Catalog.PutAsync("apps", document, 0);
        await Catalog.PutAsync("apps", document, 1);
        await Catalog.PutAsync("apps", new CatalogDocument("gone", default), 0);
        await Catalog.DeleteAsync("apps", "gone");
        var (entry, version) = (await Catalog.GetAsync("apps", "a"), await Catalog.GetVersionAsync("apps"));

        await Storage.ReopenAsync();

        var found = Assert.Single((await Catalog.QueryAsync(new CatalogQuery("apps", "at") { AllOf = ["red"] })).Entries);
        Assert.Equal(("a", entry!.Version), (found.Id, found.Version));
        Assert.Equal(entry.Body.ToArray(), found.Body.ToArray());
        Assert.Equal(version, await Catalog.GetVersionAsync("apps"));
        Assert.True(await Catalog.PutAsync("apps", new CatalogDocument("gone", default), 0) > 1);
        Assert.True(await Catalog.GetVersionAsync("apps") > version);
    }

    [Fact]
    public async Task Reopen_ManyLogs_AreAllThere()
    {
        var logs = Enumerable.Range(0, 50).Select(i => new LogId($"session/demo/{i}")).ToArray();
        await Task.WhenAll(logs.Select((log, i) => Logs.CreateAsync(log, i + 1)));
        await Storage.ReopenAsync();
        var heads = await Task.WhenAll(logs.Select(log => Logs.HeadAsync(log)));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), heads.Select(h => h.Position.Sequence));
    }
}
