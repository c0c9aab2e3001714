using RealtimeSessions.EventLog.Tests.Support;
using static RealtimeSessions.EventLog.Tests.Support.LogEventText;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Reads: pages, limits, and that what comes out is what went in.</summary>
public abstract class ReadConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Fact]
    public async Task ReadAsync_NoSuchLog_IsNull() => Assert.Null(await Logs.ReadAsync(Log, 0, 10));

    [Fact]
    public async Task ReadAsync_LimitZero_IsTheHeadAlone()
    {
        var position = await Logs.CreateAsync(Log, 4);
        var page = await Logs.ReadAsync(Log, 0, 0);
        Assert.Empty(page!.Events);
        Assert.Equal(new LogHead(position, 1, 0, false), page.Head);
    }

    [Theory]
    [InlineData(0, 3, 1, 3)]
    [InlineData(2, 3, 3, 5)]
    [InlineData(8, 3, 9, 10)]
    [InlineData(0, 10_000, 1, 10)]
    public async Task ReadAsync_AfterAndLimit_BoundThePage(long after, int limit, int first, int last)
    {
        var position = await Logs.CreateAsync(Log, 10);
        var page = await Logs.ReadAsync(Log, after, limit);
        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(i => (long)i), page!.Events.Select(e => e.Sequence));
        Assert.Equal(position, page.Head.Position);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(long.MaxValue)]
    public async Task ReadAsync_AtTheHeadOrBeyond_IsEmptyWithTheHead(long after)
    {
        var position = await Logs.CreateAsync(Log, 10);
        var page = await Logs.ReadAsync(Log, after, 100);
        Assert.Empty(page!.Events);
        Assert.Equal(position, page.Head.Position);
    }

    [Fact]
    public async Task ReadAsync_TenThousandSmallEvents_AreOnePage()
    {
        await Logs.CreateAsync(Log, 1_000);
        await Logs.AppendAsync(Log, [.. Enumerable.Range(0, 10).Select(_ => Some.Append(1_000))]);
        var page = await Logs.ReadAsync(Log, 500, 10_000);
        Assert.Equal(Enumerable.Range(501, 10_000).Select(i => (long)i), page!.Events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task ReadAsync_ManyPayloadBytes_EndsThePageAtAboutOneMebibyte()
    {
        await Logs.CreateAsync(Log);
        for (var i = 0; i < 10; i++)
        {
            await Logs.AppendedAsync(Log, Some.Append(Some.Event(Some.Bytes(300 * 1024, i))));
        }

        var page = await Logs.ReadAsync(Log, 0, 10_000);
        Assert.InRange(page!.Events.Sum(e => e.Payload.Length), 600 * 1024, 1600 * 1024);
        Assert.Equal(Enumerable.Range(1, page.Events.Count).Select(i => (long)i), page.Events.Select(e => e.Sequence));
        Assert.Equal(11, page.Head.Position.Sequence);
        Assert.Equal(11, (await Logs.ReadAllAsync(Log)).Count);
    }

    [Fact]
    public async Task ReadAsync_OneEventBeyondThePagesBytes_IsAPageOfItsOwn()
    {
        var big = Some.Event(Some.Bytes(4 * 1024 * 1024));
        await Logs.CreateAsync(Log);
        await Logs.AppendedAsync(Log, Some.Append(big));
        await Logs.AppendedAsync(Log, Some.Append());
        var page = await Logs.ReadAsync(Log, 1, 100);
        Assert.Equal(Text(2, big), Text(page!.Events[0]));
        Assert.Equal(3, Assert.Single((await Logs.ReadAsync(Log, 2, 100))!.Events).Sequence);
    }

    public static TheoryData<byte[]> Payloads =>
        new(
            [],
            [0],
            [0, 0, 0, 1, 0],
            [0xff, 0xfe, 0x80, 0xc3, 0x28],
            [.. Enumerable.Range(0, 256).Select(i => (byte)i)],
            "\r\n\"' {}[]"u8.ToArray(),
            Some.Bytes(1024 * 1024));

    [Theory]
    [MemberData(nameof(Payloads), DisableDiscoveryEnumeration = true)]
    public async Task ReadAsync_AnyPayload_IsReadByteForByte(byte[] payload)
    {
        var e = Some.Event(payload);
        await Logs.AppendedAsync(Log, Some.Append(e, Some.Event()) with { MustBeNew = true });
        var read = (await Logs.ReadAllAsync(Log))[0];
        Assert.True(payload.AsSpan().SequenceEqual(read.Payload.Span));
        Assert.Equal(e.EventId, read.EventId);
    }

    [Theory]
    [InlineData("2026-03-01T12:34:56.7891234+02:00", "2026-03-01T10:34:56.789+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    public async Task ReadAsync_CreatedAt_IsUtcInWholeMilliseconds(string given, string stored)
    {
        var e = Some.Event() with { CreatedAt = DateTimeOffset.Parse(given) };
        await Logs.AppendedAsync(Log, Some.Append(e) with { MustBeNew = true });
        var read = Assert.Single(await Logs.ReadAllAsync(Log)).CreatedAt;
        Assert.Equal((DateTimeOffset.Parse(stored), TimeSpan.Zero), (read, read.Offset));
    }

    [Fact]
    public async Task ReadAsync_LogsWithSimilarNames_AreSeparate()
    {
        LogId[] names = [new("a"), new("A"), new("a/b"), new("a_b"), new("a-b"), new("a/b/c"), new(new string('x', 200))];
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            await Logs.AppendedAsync(name, Some.Append(Some.Event($"of {i}")) with { MustBeNew = true });
        }

        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            Assert.Equal($"of {i}", System.Text.Encoding.UTF8.GetString(Assert.Single(await Logs.ReadAllAsync(name)).Payload.Span));
        }
    }

    [Fact]
    public async Task ReadAsync_Cancelled_ThrowsAndHasNoEffect()
    {
        await Logs.CreateAsync(Log, 3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Logs.ReadAsync(Log, 0, 10, new CancellationToken(true)));
        Assert.Equal(3, (await Logs.ReadAllAsync(Log)).Count);
    }

    [Fact]
    public async Task ReadAsync_WhileOthersAppend_HeadAndEventsAreOfOneMoment()
    {
        await Logs.CreateAsync(Log);
        var appending = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await Logs.AppendAsync(Log, [Some.Append(2), Some.Append()]);
            }
        });
        do
        {
            var page = await Logs.ReadAsync(Log, 0, 10_000);
            Assert.Equal(page!.Head.Position.Sequence, page.Events[^1].Sequence);
            Assert.Equal(page.Events.Count, page.Events[^1].Sequence);
        }
        while (!appending.IsCompleted);
        await appending;
    }
}
