using Microsoft.Data.Sqlite;
using RealtimeSessions.Protocol;
using static RealtimeSessions.EventLog.Tests.Embedded.EngineFolder;

namespace RealtimeSessions.EventLog.Tests.Embedded;

public sealed class OpeningTests : IDisposable
{
    private readonly EngineFolder _folder = new();

    [Fact]
    public async Task Open_DirectoryInUse_IsRefusedUntilItIsFree()
    {
        var first = await _folder.OpenAsync();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => _folder.OpenAsync());
        Assert.Contains(_folder.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);

        await first.DisposeAsync();
        await (await _folder.OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedAndUntouched()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        Execute("PRAGMA user_version = 99");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => _folder.OpenAsync());
        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);

        Execute("PRAGMA user_version = 1");
        await (await _folder.OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Open_AfterClosing_FindsEverything()
    {
        var events = new[] { Event("1"), Event("2") with { ChangesRights = true }, Event("3") };
        var writer = new WriterNumber("alice:1", 1);
        Position position;
        await using (var engine = await _folder.OpenAsync())
        {
            var results = await engine.EventLog.AppendAsync(Log, [Create(events) with { Writer = writer, Seal = true }]);
            position = new Position(results[0].Epoch, 3);
            Assert.True(await engine.EventLog.WriteSnapshotAsync(Log, new LogSnapshot(position, new byte[] { 7 })));
            Assert.True(await engine.EventLog.TrimAsync(Log, new LogSnapshot(position with { Sequence = 1 }, Array.Empty<byte>())));
            var document = new CatalogDocument("a", new byte[] { 8 }) { Terms = ["t"], Orders = new Dictionary<string, long> { ["n"] = 1 } };
            Assert.Equal(1, await engine.Catalog.PutAsync("sessions", document, 0));
        }

        await using (var engine = await _folder.OpenAsync())
        {
            var page = await engine.EventLog.ReadAsync(Log, 0, 10);
            Assert.Equal(new LogHead(position, 2, 2, true), page!.Head);
            Assert.Equal(events[1..].Select(e => e.EventId), page.Events.Select(e => e.EventId));
            Assert.Equal(new byte[] { 7 }, (await engine.EventLog.ReadSnapshotAsync(Log))!.State.ToArray());
            Assert.Equal(0, (await engine.EventLog.ReadSnapshotAsync(Log, 2))!.State.Length);

            var repeated = await engine.EventLog.AppendAsync(Log, [Append(Event()) with { Writer = writer }]);
            Assert.Equal(AppendOutcome.Duplicate, repeated[0].Outcome);
            Assert.Equal(events[2].EventId, repeated[0].EventId);

            var found = await engine.Catalog.QueryAsync(new CatalogQuery("sessions", "n") { AllOf = ["t"] });
            Assert.Equal("a", Assert.Single(found.Entries).Id);
            Assert.Equal(1, await engine.Catalog.GetVersionAsync("sessions"));
        }
    }

    [Fact]
    public async Task Open_AfterAppendsOfEventsAlone_ContinuesBehindTheLastOne()
    {
        var options = new LogOptions { SnapshotEvents = 10, SnapshotMinimumBytes = 1_000 };
        var last = Event(new string('x', 200));
        await using (var engine = await _folder.OpenAsync(options))
        {
            await engine.EventLog.AppendAsync(Log, [Create(Event("1") with { ChangesRights = true })]);
            foreach (var next in new[] { Event(new string('x', 200)), Event(new string('x', 200)), last })
            {
                var results = await engine.EventLog.AppendAsync(Log, [Append(next)]);
                Assert.False(results[0].SnapshotDue);
            }
        }

        await using (var engine = await _folder.OpenAsync(options))
        {
            var head = (await engine.EventLog.ReadAsync(Log, 0, 0))!.Head;
            Assert.Equal((4L, 1L), (head.Position.Sequence, head.Guard));

            // 601 bytes stand in the log: what brings them over 1,000 is due, as if it had never been closed.
            var (results, announced) = await engine.Writer.WriteAsync(session => (
                session.Appends.Append(Log, [Append(Event(new string('x', 200))), Append(Event(new string('x', 200)))], out var entered), entered));
            Assert.Equal([(5L, false), (6L, true)], results.Select(result => (result.Sequence, result.SnapshotDue)));
            Assert.Equal(last.EventId, announced!.ToNotification().PreviousEventId);
        }
    }

    [Fact]
    public async Task Dispose_WithWaitingWork_WritesItAndRefusesMore()
    {
        var engine = await _folder.OpenAsync();
        await engine.EventLog.AppendAsync(Log, [Create(Event())]);
        var waiting = Enumerable.Range(0, 500).Select(_ => engine.EventLog.AppendAsync(Log, [Append(Event())])).ToArray();
        var change = engine.Catalog.WaitForChangeAsync("sessions", 0, CancellationToken.None);
        await engine.DisposeAsync();

        Assert.All(await Task.WhenAll(waiting), results => Assert.Equal(AppendOutcome.Appended, results[0].Outcome));
        await Assert.ThrowsAsync<EngineUnavailableException>(() => change);
        await Assert.ThrowsAsync<EngineUnavailableException>(() => engine.EventLog.AppendAsync(Log, [Append(Event())]));
        await Assert.ThrowsAsync<EngineUnavailableException>(() => engine.EventLog.ReadAsync(Log, 0, 1));
        Assert.False(File.Exists(_folder.Database + "-wal"));

        await using var again = await _folder.OpenAsync();
        Assert.Equal(501, (await again.EventLog.ReadAsync(Log, 0, 0))!.Head.Position.Sequence);
    }

    public void Dispose() => _folder.Dispose();

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
