using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Directory;

namespace RealtimeSessions.Server.Tests.Directory;

public abstract class DirectoryLogTests(bool onRedis) : DirectoryTest(onRedis)
{
    internal override LogOptions Log { get; } = new() { SnapshotEvents = 500 };

    [Fact]
    public async Task AppendAsync_ManyEvents_KeepsTheLatest()
    {
        var subjects = Enumerable.Range(0, 50_000).Select(i => $"user{i}").ToArray();

        await Parts.Directory.Log.AppendAsync(subjects);

        var page = (await Parts.Log.ReadAsync(new LogId("directory"), 0, 10_000))!;
        Assert.Equal(2_001, page.Head.Position.Sequence);
        Assert.InRange(page.Head.FirstAvailable, 500, 1_002);
        Assert.Equal(subjects[^25..], DirectoryLog.Read(page.Events[^1]));
    }

    [Fact]
    public async Task AppendAsync_Nobody_AppendsNothing()
    {
        var head = await Parts.Directory.Log.FindHeadAsync();

        await Parts.Directory.Log.AppendAsync([]);

        Assert.Equal(head, await Parts.Directory.Log.FindHeadAsync());
    }
}

public sealed class EmbeddedDirectoryLogTests() : DirectoryLogTests(onRedis: false);

public sealed class RedisDirectoryLogTests() : DirectoryLogTests(onRedis: true);
